"""What is owed to holders of rights and to funders, in each form in which a record is read.

The rights statement and the acknowledgment are compared character for character. Where the record arrived in a format,
that document is served as it arrived, so that white space is only its layout there. Yields where they are not the same.
"""

from collections.abc import Collection, Iterator
from itertools import takewhile

from server.check.findings import Place
from server.check.records import rights_uris
from server.check.records.formats import ACKNOWLEDGMENTS, MANIFEST, RIGHTS_URIS, STATEMENTS, Places
from server.check.records.item import Item


def statement(item: Item) -> Iterator[Place]:
    """The rights statement stands in each format."""
    yield from _in_formats(item, STATEMENTS, _statement(item))


def statement_manifest(item: Item) -> Iterator[Place]:
    """The rights statement stands in the manifest."""
    yield from _in_manifest(item, _statement(item))


def statement_page(item: Item) -> Iterator[Place]:
    """The rights statement stands on the web page."""
    yield from _on_page(item, _statement(item))


def acknowledgment(item: Item) -> Iterator[Place]:
    """Each acknowledgment stands in each format."""
    yield from _in_formats(item, ACKNOWLEDGMENTS, item.acknowledgments)


def acknowledgment_manifest(item: Item) -> Iterator[Place]:
    """Each acknowledgment stands in the manifest."""
    yield from _in_manifest(item, item.acknowledgments)


def acknowledgment_page(item: Item) -> Iterator[Place]:
    """Each acknowledgment stands on the web page."""
    yield from _on_page(item, item.acknowledgments)


def rights_uri(item: Item) -> Iterator[Place]:
    """The rights URI stands in each format and on the page; in the manifest, where only known ones may stand."""
    uri = item.rights.get("uri")
    if not uri:
        return
    yield from _in_formats(item, RIGHTS_URIS, [uri])
    if isinstance(item.manifest, dict) and rights_uris.publisher(uri) and item.manifest.get("rights") != uri:
        yield Place(item.at(MANIFEST), f"rights {uri}", str(item.manifest.get("rights", "none")))
    yield from _on_page(item, [uri])


def canonical(item: Item) -> Iterator[Place]:
    """A rights URI has the form that its publisher defines."""
    for name, root in item.roots.items():
        for uri in dict.fromkeys(RIGHTS_URIS.texts(name, root)):
            yield from _as_defined(item.at(name), uri)
    if isinstance(item.manifest, dict):
        yield from _as_defined(item.at(MANIFEST), str(item.manifest.get("rights", "")))


def _as_defined(where: str, uri: str) -> Iterator[Place]:
    if (publisher := rights_uris.publisher(uri)) and not rights_uris.is_canonical(uri):
        yield Place(where, f"a URI such as {rights_uris.EXAMPLES[publisher]}", uri)


def _statement(item: Item) -> list[str]:
    stated = item.rights.get("statement")
    return [stated] if stated else []


def _in_formats(item: Item, places: Places, expected: Collection[str]) -> Iterator[Place]:
    for name, root in item.roots.items() if expected else ():
        found = places.texts(name, root)
        wanted = (
            {_squeezed(text): text for text in expected} if name == item.native else {text: text for text in expected}
        )
        present = set(map(_squeezed, found)) if name == item.native else set(found)
        yield from _missing(item.at(name), {key: text for key, text in wanted.items() if key not in present}, found)


def _in_manifest(item: Item, expected: Collection[str]) -> Iterator[Place]:
    if isinstance(item.manifest, dict):
        missing = [each for each in expected if each not in item.required_statements]
        yield from _missing(item.at(MANIFEST), missing, item.required_statements)


def _on_page(item: Item, expected: Collection[str]) -> Iterator[Place]:
    if item.page_status == 200:
        missing = [each for each in expected if each not in item.page_texts]
        yield from _missing(item.at("page"), missing, sorted(item.page_texts))


def _missing(where: str, missing: Collection[str], found: Collection[str]) -> Iterator[Place]:
    for text in missing:
        yield Place(where, repr(text), _nearest(text, found))


def _nearest(text: str, found: Collection[str]) -> str:
    """Return what begins most like a text, and what is different; or that there is nothing like it."""
    words = _squeezed(text)
    if same := next((each for each in found if _squeezed(each) == words), None):
        return f"the same words with other white space: {same!r}"
    alike = max(found, key=lambda each: _same_beginning(text, each), default="")
    return repr(alike) if _same_beginning(text, alike) > len(text) // 4 else "nothing like it"


def _same_beginning(text: str, other: str) -> int:
    """Return how many characters two texts begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
