"""Whether what a document says reached the record: its fields, `unmapped`, or the native document, which is told."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from records.readers.found import Taken
from records.rights_uris import canonical_rights_uri, rights_label
from records.written import kinds, languages, roles

PUNCTUATION = " \t\n\r.,:;/="
READ_AS = frozenset(
    {
        *("edtf", "rfc5646", "dct", "rs", "cc", "fnd", "funder"),
        *("IIIF manifest", "Thumbnail", "Original", "File", "Transcript", "Finding aid", "Landing page"),
    }
)
"""Words of MARC that say what a value beside them is; it is read as that."""


def leaves(root: _Element) -> Iterator[tuple[str, str]]:
    """Yield each element that holds a text, by its local name (of MARC: tag and code) with that text in one line."""
    for element in root.iter(etree.Element):
        if not len(element) and (text := " ".join("".join(element.itertext()).split())):
            yield _name(element), text


def _name(element: _Element) -> str:
    parent = element.getparent()
    if code := element.get("code"):
        return f"{parent.get('tag') if parent is not None else ''}${code}"
    return element.get("tag") or etree.QName(element).localname


def lost(root: _Element, taken: Taken) -> list[tuple[str, str]]:
    """Return the elements of a document that a record neither holds nor owns up to.

    Args:
        root: the document as it was read.
        taken: what its reader made of it.
    """
    held = [
        " ".join(text.split()) for text in _texts(taken.record.model_dump(exclude={"native"}, exclude_defaults=True))
    ]
    told = Counter(name.rpartition(":")[2] for name in taken.told.native_only)
    missing = []
    read_as = READ_AS | {_label(taken)}
    for name, text in leaves(root):
        if text in read_as or any(_held(held, form) for form in _forms(text)):
            continue
        if name.startswith("041$") and all(languages.read(code) in held for code in re.findall("...", text)):
            continue
        if not told[name]:
            missing.append((name, text))
        told[name] -= 1
    return missing


def _label(taken: Taken) -> str:
    """Return the name of the rights URI, which MARC states beside it."""
    rights = taken.record.rights
    return (rights_label(rights.uri) if rights and rights.uri else None) or ""


def _forms(text: str) -> Iterator[str]:
    """Yield a text, and the forms in which a record has it where it is a word of a list."""
    yield text
    yield text.removeprefix("(uri)")
    yield from kinds.read(text)
    yield re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", text)
    yield from filter(None, (canonical_rights_uri(text), languages.read(text), roles.read(text)))


def _held(held: list[str], text: str) -> bool:
    """Whether a text is held, whole or, where it is a list, in its parts; end punctuation and capitals aside."""
    parts = [text] if any(_within(texts, text) for texts in held) else text.split(";")
    return all(any(_within(texts, part) for texts in held) for part in parts)


def _within(held: str, text: str) -> bool:
    return text.strip(PUNCTUATION).casefold() in held.casefold()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)
