"""What aggregators ask of a record, and whether it has that: by which rule, and by which of the fields that they read.

DPLA: its hubs' required fields (title, a standard rights URI, the data provider, the address of the object). Europeana:
the rules on edm:ProvidedCHO and ore:Aggregation of its external profile. DLF: the requirements of the DLF/Aquifer
guidelines for shareable MODS, with one value to an element.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from server.check.findings import Finding
from server.check.records import rights_uris
from server.check.records.item import Item
from server.check.records.readings import DLF, EUROPEANA, HUBS, WITHOUT_EDM, Found
from server.check.records.tally import Tally


class Need(NamedTuple):
    """Something that is asked for.

    Attributes:
        code: the rule that says so.
        fields: where it is looked for.
        met: whether what is found there will do.
        expected: what would, in words.
    """

    code: str
    fields: tuple[str, ...]
    met: Callable[[Found], bool]
    expected: str


def _any(*fields: str) -> Callable[[Found], bool]:
    return lambda found: any(found[field] for field in fields)


def _known_rights(found: Found) -> bool:
    return any(rights_uris.is_canonical(uri) for uri in found["rights URI"])


def _address(found: Found) -> bool:
    return any(address.startswith(("http://", "https://")) for address in found["address"])


_RIGHTS = "a URI of rightsstatements.org or Creative Commons"
_EDM_TYPES = frozenset({"TEXT", "IMAGE", "SOUND", "VIDEO", "3D"})
_DCMI_TYPES = {"Text": "TEXT", "Image": "IMAGE", "StillImage": "IMAGE", "Sound": "SOUND", "MovingImage": "VIDEO"}


def _edm_types(found: Found) -> set[str]:
    return {_DCMI_TYPES.get(name, name) for name in found["type"]} & _EDM_TYPES


def _language(found: Found) -> bool:
    return bool(found["language"]) or "TEXT" not in _edm_types(found)


def _providers(found: Found) -> bool:
    return bool(found["data provider"] and found["provider"])


def _language_of_text(found: Found) -> bool:
    return bool(found["language"]) or "text" not in found["type"]


def _single(found: Found) -> bool:
    return not found["several values"]


_DPLA = {
    "title": Need("dpla-title", ("title",), _any("title"), "a title"),
    "rights URI": Need("dpla-rights", ("rights URI",), _known_rights, _RIGHTS),
    "data provider": Need("dpla-provider", ("data provider",), _any("data provider"), "the name of who provides it"),
    "address": Need("dpla-address", ("address",), _address, "the address of the object in its context"),
}
_EUROPEANA = {
    "title or description": Need(
        "europeana-title", ("title", "description"), _any("title", "description"), "a title or a description"
    ),
    "subject, kind, place or period": Need(
        "europeana-subject",
        ("subject", "format", "place", "period"),
        _any("subject", "format", "place", "period"),
        "a subject, a kind, a place or a period",
    ),
    "type": Need("europeana-type", ("type",), lambda found: bool(_edm_types(found)), "text, image, sound or video"),
    "language": Need("europeana-language", ("language",), _language, "the language of the text"),
    "rights URI": Need("europeana-rights", ("rights URI",), _known_rights, _RIGHTS),
    "providers": Need(
        "europeana-provider",
        ("data provider", "provider"),
        _providers,
        "the institution and who delivers",
    ),
    "address": Need("europeana-address", ("address",), _address, "the address of a page or an image"),
}
_DLF = {
    "title": Need("dlf-title", ("title",), _any("title"), "a title"),
    "type": Need("dlf-type", ("type",), _any("type"), "a typeOfResource"),
    "date": Need("dlf-date", ("date",), _any("date"), "a key date"),
    "language": Need("dlf-language", ("language",), _language_of_text, "the language of the text"),
    "digital origin": Need("dlf-digital-origin", ("digital origin",), _any("digital origin"), "a digitalOrigin"),
    "media type": Need("dlf-media-type", ("media type",), _any("media type"), "an internetMediaType"),
    "address": Need("dlf-address", ("address",), lambda found: len(found["address"]) == 1, "exactly one primary url"),
    "access condition": Need("dlf-access", ("access condition",), _any("access condition"), "an accessCondition"),
    "language of cataloguing": Need(
        "dlf-cataloguing",
        ("language of cataloguing",),
        _any("language of cataloguing"),
        "the language that the record is written in",
    ),
    "one value to an element": Need(
        "dlf-one-value", ("several values",), _single, "one value to an element, not several divided by '; '"
    ),
}


class Aggregator(NamedTuple):
    """Somebody who reads our records.

    Attributes:
        name: who.
        format: what is read.
        asked: what each record must have for it.
        wanted: the fields that it would like to have too.
        tells: whether what is missing breaks a rule; a single hub may read what others do not.
    """

    name: str
    format: str
    asked: Mapping[str, Need]
    wanted: tuple[str, ...]
    tells: bool = True


_FOR_DPLA = ("creator", "date", "description", "type", "language", "subject", "place", "collection", "preview")
DPLA = Aggregator("DPLA", "mods", _DPLA, _FOR_DPLA)
"""Through whichever of its hubs."""

AGGREGATORS = (
    DPLA,
    *(Aggregator(hub.name, hub.format, _DPLA, _FOR_DPLA, tells=False) for hub in HUBS),
    Aggregator(EUROPEANA.name, "edm", _EUROPEANA, ("creator", "date")),
    Aggregator(DLF.name, "mods", _DLF, ("name", "genre", "subject", "abstract", "identifier")),
)


def arrivals(item: Item) -> dict[str, Found]:
    """Return what each aggregator finds of a record; DPLA finds what the hub does that lacks least."""
    europeana = EUROPEANA if "edm" in item.documents else WITHOUT_EDM
    found = {reading.name: reading.of(item) for reading in (*HUBS, europeana, DLF)}
    best = min(HUBS, key=lambda hub: len(lacking(DPLA, found[hub.name])))
    return {DPLA.name: found[best.name], **found}


def lacking(each: Aggregator, found: Found) -> dict[str, Need]:
    """Return what an aggregator asks for and does not find."""
    return {field: need for field, need in each.asked.items() if not need.met(found)}


CODES = (*dict.fromkeys(need.code for each in AGGREGATORS for need in each.asked.values()), "europeana-document")
"""The rules of what is asked for."""


def look(item: Item, tally: Tally) -> Iterator[Finding]:
    """Yield what a record lacks, and count what it has; a document that nobody can read is told by another rule."""
    arrived = arrivals(item)
    for each in AGGREGATORS:
        if each.format in item.documents and each.format not in item.roots:
            continue
        found, harvested = arrived[each.name], each.format in item.documents
        unmet = lacking(each, found)
        tally.met.update((each.name, field) for field in each.asked if field not in unmet)
        tally.met.update((each.name, field) for field in each.wanted if found[field])
        tally.ready[each.name] += not unmet and harvested
        if each.tells:
            yield from (_finding(item, each.format, need, found) for need in unmet.values())
            if not unmet and not harvested:
                yield Finding("europeana-document", item.at(each.format), "a document", "none, though nothing lacks")


def _finding(item: Item, form: str, need: Need, found: Found) -> Finding:
    values = list(dict.fromkeys(value for field in need.fields for value in found[field]))
    return Finding(need.code, item.at(form), need.expected, "; ".join(values[:3]) or "none")
