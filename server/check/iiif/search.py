"""Services that search, and that complete words (Content Search 2.0 and 1.0)."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from server.check.client import Client, NoAnswerError
from server.check.findings import Place
from server.check.iiif.document import contexts, text
from server.check.iiif.linked_data import shown
from server.check.iiif.links import ORIGIN, closed
from server.check.iiif.services import COMPLETION, Service, Told, content

ANSWER = "iiif-search-answer"
RULES = (
    ANSWER, "iiif-search-context", "iiif-search-items", "iiif-search-ignored",
    "iiif-search-found", "iiif-search-paging", "iiif-search-contexts", "iiif-search-terms",
)  # fmt: skip

NOBODY = "https://viewer.example.org/nobody"
"""A user who wrote no annotation."""

_NAMES = {1: ("search/1", "presentation/2"), 2: ("search/2", "presentation/3")}
_PAGE = {1: "sc:AnnotationList", 2: "AnnotationPage"}
_LIST = {1: ("search:TermList", "terms", {"match", "url"}), 2: ("TermPage", "items", {"value"})}
"""What completes a word: its type, the name of the list in it, and what each entry has."""


def look(client: Client, service: Service) -> Told:
    """Ask a service for a word. Raises as `Client.fetch`."""
    yield from _completed(client, service) if service.kind == COMPLETION else _searched(client, service)


def _asked(service: Service, **parameters: str) -> str:
    return f"{service.address}{'&' if '?' in service.address else '?'}{urlencode(parameters)}"


def _searched(client: Client, service: Service) -> Told:
    where = service.at(_asked(service, q=service.word))
    try:
        fetched = client.fetch(_asked(service, q=service.word), origin=ORIGIN)
    except NoAnswerError as error:
        yield ANSWER, [Place(where, _PAGE[service.version], str(error))]
        return
    value, places = content(where, fetched, _PAGE[service.version])
    found = text(value.get("type")) or text(value.get("@type"))
    if not places and found != _PAGE[service.version]:
        places = [Place(where, _PAGE[service.version], found or "an object without type")]
    yield ANSWER, places
    if places:
        return
    yield "iiif-response-cors", closed(where, fetched)
    yield "iiif-search-context", _context(where, value, service.version)
    unsound = _items(where, value, service.version)
    yield "iiif-search-items", unsound
    yield "iiif-search-paging", _paging(client, where, value, service.version)
    count = len(_annotations(value, service.version))
    yield "iiif-search-found", None if not service.of_text else [] if count else [Place(where, "an annotation", "none")]
    if count:
        yield "iiif-search-contexts", None if unsound else _contexts(where, value, service.version)
        yield "iiif-search-ignored", _ignored(client, service)


def _context(where: str, value: Mapping[str, Any], version: int) -> list[Place]:
    """The context of Search 2 holds that of Presentation 3; version 1 needs both where it uses its own words."""
    own, shared = (f"http://iiif.io/api/{name}/context.json" for name in _NAMES[version])
    uses = bool({"annotations", "ignored", "hits"} & set(value))
    known = contexts(value)
    if version == 1:
        sound = shared in known and (own in known or not uses) or known == [own]  # noqa: RUF021
    else:
        sound = own in known or (shared in known and not uses)
    expected = f"{shared} and {own}" if version == 1 else own
    return [] if sound else [Place(f"{where} @context", expected, shown(value.get("@context")))]


def _annotations(value: Mapping[str, Any], version: int) -> list[Any]:
    found = value.get("resources" if version == 1 else "items")
    return found if isinstance(found, list) else []


def _items(where: str, value: Mapping[str, Any], version: int) -> list[Place]:
    name, target = ("resources", "on") if version == 1 else ("items", "target")
    if not isinstance(value.get(name), list):
        return [Place(f"{where} {name}", "an array of annotations", shown(value.get(name)))]
    return [
        Place(f"{where} {name}[{number}]", f"an annotation with its type and its {target}", shown(each))
        for number, each in enumerate(value[name])
        if not isinstance(each, dict) or target not in each or not {"type", "@type"} & set(each)
    ]


def _ignored(client: Client, service: Service) -> list[Place] | None:
    """A search for what nobody wrote finds nothing, or says that it took no notice of who wrote it."""
    asked = _asked(service, q=service.word, user=NOBODY)
    where = service.at(asked)
    value, places = content(where, client.fetch(asked, origin=ORIGIN), _PAGE[service.version])
    within = value.get("within")
    held = value if service.version == 2 else within if isinstance(within, dict) else {}
    ignored = held.get("ignored")
    if places or not _annotations(value, service.version):
        return places or []
    if isinstance(ignored, list) and "user" in ignored:
        return []
    return [Place(where, "nothing, or user in ignored", f"annotations, and {shown(ignored)} in ignored")]


def _paging(client: Client, where: str, value: Mapping[str, Any], version: int) -> list[Place] | None:
    """What is not the whole says where it goes on, and what it is part of; None for the whole."""
    following = _address(value.get("next"))
    if not following:
        return None
    whole = value.get("within" if version == 1 else "partOf")
    places = [] if isinstance(whole, dict) else [Place(where, "what the page is part of, beside next", shown(whole))]
    if version == 2 and isinstance(whole, dict) and not _address(whole.get("first")):
        places.append(Place(f"{where} partOf", "first", shown(whole)))
    try:
        _value, missing = content(f"{where} next", client.fetch(following, origin=ORIGIN), _PAGE[version])
    except NoAnswerError as error:
        missing = [Place(f"{where} next", _PAGE[version], str(error))]
    return places + missing


def _address(value: object) -> str:
    return text(value.get("id")) if isinstance(value, dict) else text(value)


def _contexts(where: str, value: Mapping[str, Any], version: int) -> list[Place] | None:
    """What stands around a hit names annotations of this answer; None where nothing does."""
    told = list(_told(value, version))
    here = {text(each.get("id")) or text(each.get("@id")) for each in _objects(_annotations(value, version))}
    return [Place(where, "an annotation of this answer", name) for name in told if name not in here] if told else None


def _told(value: Mapping[str, Any], version: int) -> Iterator[str]:
    """Yield the annotations about which more is said."""
    for each in _objects(value.get("hits" if version == 1 else "annotations")):
        if version == 1:
            yield from map(text, each["annotations"] if isinstance(each.get("annotations"), list) else [])
            continue
        for about in _objects(each.get("items")):
            yield from (text(target.get("source")) for target in _objects(about.get("target")))


def _objects(value: object) -> list[Mapping[str, Any]]:
    """Return the objects of an array, or the one that stands in its place."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _completed(client: Client, service: Service) -> Told:
    kind, name, needed = _LIST[service.version]
    asked = _asked(service, q=service.word[:2])
    where = service.at(asked)
    try:
        fetched = client.fetch(asked, origin=ORIGIN)
    except NoAnswerError as error:
        yield "iiif-search-terms", [Place(where, kind, str(error))]
        return
    value, places = content(where, fetched, kind)
    found = text(value.get("type")) or text(value.get("@type"))
    terms = value.get(name)
    if not places and (found not in {kind, ""} or not isinstance(terms, list)):
        places = [Place(where, f"a {kind} with {name}", found or f"no {name}")]
    for number, term in enumerate(terms if isinstance(terms, list) else []):
        if not isinstance(term, dict) or not needed <= set(term):
            places.append(Place(f"{where} {name}[{number}]", " and ".join(sorted(needed)), shown(term)))
    yield "iiif-search-terms", places
    if fetched.status == 200:
        yield "iiif-response-cors", closed(where, fetched)
