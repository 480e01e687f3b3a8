"""MODS: originInfo, which holds the dates, the places of origin, the publisher and the edition."""

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

from records import dates
from records.readers.mods.source import Source
from records.written import dates as written_dates

_KINDS = {
    "dateCreated": "created",
    "dateIssued": "issued",
    "dateCaptured": "captured",
    "copyrightDate": "copyright",
    "dateModified": "modified",
    "dateValid": "valid",
    "dateOther": "other",
}
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]+)?(?:Z|[+-]\d\d:?\d\d)?")
"""A day with what XML Schema allows behind it and EDTF does not: a time zone, parts of a second."""

_MARKS = {"approximate": "~", "questionable": "?"}


def origin(source: Source) -> dict[str, Any]:
    """Return the dates, the places of origin and the edition."""
    places = [source.term(term) for term in source.all("originInfo/place/placeTerm") if term.get("type") != "code"]
    found = [date for element in source.all("originInfo") for date in _dates(source, element)]
    return {"dates": found, "places_of_origin": places, "edition": source.first("originInfo/edition")}


def publishers(source: Source) -> list[dict[str, object]]:
    """Return the publishers as agents: the element says what they did."""
    return [
        {
            "name": source.text(element),
            "roles": ["pbl"],
            "uri": source.value(element, "valueURI"),
            "authority": element.get("authority"),
        }
        for element in source.all("originInfo/publisher")
        if "".join(element.itertext()).strip()
    ]


def _dates(source: Source, element: _Element) -> Iterator[dict[str, object]]:
    """Yield the dates of an originInfo; the words of a displayDate belong to the only one, or to the first."""
    groups: dict[tuple[str, str], list[_Element]] = {}
    for name, usual in _KINDS.items():
        for stated in source.all(name, element):
            if "".join(stated.itertext()).strip():
                kind = "uploaded" if stated.get("type") == "uploaded" else usual
                groups.setdefault((kind, stated.get("type") or ""), []).append(stated)
    found = [date for (kind, _type), group in groups.items() for date in _group(source, kind, group)]
    shown = source.all("displayDate", element)[:1]
    if shown and found and found[0]["text"] is None:
        found[0]["text"] = source.text(shown[0])
    elif shown and not found:
        found = [{"text": source.text(shown[0]), "edtf": None, "kind": "other"}]
    yield from found


def _group(source: Source, kind: str, group: list[_Element]) -> Iterator[dict[str, object]]:
    """Yield the dates of one kind; words beside the same date encoded are the words of that date."""
    plain = [each for each in group if each.get("encoding") is None and each.get("point") is None]
    found = list(_ungrouped(source, kind, group))
    coded = [date for date in found if date["edtf"]]
    words = [date for date in found if not date["edtf"]]
    if len(plain) == len(words) == len(coded) == 1 and len(found) == 2 and coded[0]["text"] is None:
        found = [{**coded[0], "text": words[0]["text"]}]
        source.settle(plain[0])
    yield from found


def _ungrouped(source: Source, kind: str, group: list[_Element]) -> Iterator[dict[str, object]]:
    """Yield the dates of one kind; a start and an end beside each other are one range."""
    ends = {point: [each for each in group if each.get("point") == point] for point in ("start", "end")}
    whole = [each for each in group if each.get("point") not in ends]
    for each in whole:
        edtf, text = written(source, each)
        source.text(each)
        if edtf and "/" in edtf:
            _mark_ends(source, edtf, ends)
        yield {"edtf": edtf, "text": text, "kind": kind}
    starts, stops = ([each for each in ends[point] if not source.is_read(each)] for point in ("start", "end"))
    for start, stop in zip(_padded(starts, stops), _padded(stops, starts), strict=True):
        yield _range(source, kind, start, stop)


def _padded(those: list[_Element], others: list[_Element]) -> list[_Element | None]:
    return [*those, *[None] * (len(others) - len(those))]


def _mark_ends(source: Source, edtf: str, ends: dict[str, list[_Element]]) -> None:
    """Mark the ends that only repeat what a whole range says."""
    said = dict(zip(("start", "end"), edtf.split("/"), strict=True))
    for point, elements in ends.items():
        for each in elements:
            if "".join(each.itertext()).strip() == said[point].rstrip("~?%"):
                source.text(each)


def _range(source: Source, kind: str, start: _Element | None, stop: _Element | None) -> dict[str, object]:
    """Return a range; an end that is not stated is unknown (EDTF, level 1: unknown end)."""
    read = [written(source, each) if each is not None else ("", None) for each in (start, stop)]
    words = [source.text(each) for each in (start, stop) if each is not None]
    ends = [edtf for edtf, _text in read]
    edtf = None if None in ends or any("/" in (end or "") for end in ends) else "/".join(end or "" for end in ends)
    if edtf is None or not _is_date(edtf):
        return {"edtf": None, "text": " - ".join(words), "kind": kind}
    text = " - ".join(words) if any(said for _edtf, said in read) else None
    return {"edtf": edtf, "text": text, "kind": kind}


def _is_date(edtf: str) -> bool:
    try:
        dates.parse(edtf)
    except ValueError:
        return False
    return True


def written(source: Source, element: _Element) -> tuple[str | None, str | None]:
    """Return what a date says as EDTF, and its words where they say it in another way.

    Args:
        source: the document; it is told of a date that cannot be told, and of a qualifier that EDTF cannot carry.
        element: the date.
    """
    text = " ".join("".join(element.itertext()).split())
    if not text:
        return None, None
    read = written_dates.read(_coded(text, element.get("encoding")))
    if read.edtf is None and (stamp := _STAMP.fullmatch(text)):
        read = written_dates.read(stamp[1])
    if read.edtf is None:
        if read.problem:
            source.note(element, read.problem)
        return None, text
    edtf = _qualified(source, element, read.edtf)
    return edtf, None if text in {edtf, read.edtf} else text


def _coded(text: str, encoding: str | None) -> str:
    """Return a date of the encodings that MODS names as EDTF would write it; other words as they are."""
    if encoding in {"iso8601", "marc"} and (found := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)):
        return "-".join(found.groups())
    if encoding == "marc" and re.fullmatch(r"\d{2,3}u{1,2}", text) and len(text) == 4:
        return text.replace("u", "X")
    if encoding == "marc" and text == "9999":
        return ".."
    return text


def _qualified(source: Source, element: _Element, edtf: str) -> str:
    qualifier = element.get("qualifier")
    if qualifier is None or edtf[-1] in "~?%" or "/" in edtf:
        return edtf
    if qualifier in _MARKS and _is_date(edtf + _MARKS[qualifier]):
        return edtf + _MARKS[qualifier]
    source.leave(element, "qualifier")
    return edtf
