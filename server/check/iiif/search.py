"""Services that search, and that complete words (Content Search 2.0 and 1.0)."""

from collections.abc import Mapping
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
    "iiif-search-found", "iiif-search-terms",
)  # fmt: skip

NOBODY = "https://viewer.example.org/nobody"
"""A user who wrote no annotation."""

_PAGE = {1: "sc:AnnotationList", 2: "AnnotationPage"}
_LIST = {1: "search:TermList", 2: "TermList"}


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
    yield "iiif-search-items", _items(where, value, service.version)
    count = len(_annotations(value, service.version))
    yield "iiif-search-found", None if not service.of_text else [] if count else [Place(where, "an annotation", "none")]
    if count:
        yield "iiif-search-ignored", _ignored(client, service)


def _context(where: str, value: Mapping[str, Any], version: int) -> list[Place]:
    needed = [f"http://iiif.io/api/presentation/{version + 1}/context.json"]
    if {"annotations", "ignored", "hits"} & set(value):
        needed.append(f"http://iiif.io/api/search/{version}/context.json")
    elif version == 1 and contexts(value) == ["http://iiif.io/api/search/1/context.json"]:
        return []
    missing = [each for each in needed if each not in contexts(value)]
    return [Place(f"{where} @context", " and ".join(needed), shown(value.get("@context")))] if missing else []


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


def _completed(client: Client, service: Service) -> Told:
    asked, expected = _asked(service, q=service.word[:2]), _LIST[service.version]
    where = service.at(asked)
    try:
        fetched = client.fetch(asked, origin=ORIGIN)
    except NoAnswerError as error:
        yield "iiif-search-terms", [Place(where, expected, str(error))]
        return
    value, places = content(where, fetched, expected)
    found = text(value.get("type")) or text(value.get("@type"))
    terms = value.get("terms")
    if not places and (found not in {expected, ""} or not isinstance(terms, list)):
        places = [Place(where, f"a {expected} with terms", found or "no terms")]
    for number, term in enumerate(terms if isinstance(terms, list) else []):
        if not isinstance(term, dict) or not {"match", "url"} <= set(term):
            places.append(Place(f"{where} terms[{number}]", "match and url", shown(term)))
    yield "iiif-search-terms", places
    if fetched.status == 200:
        yield "iiif-response-cors", closed(where, fetched)
