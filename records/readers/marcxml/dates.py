"""MARC 21: dates in words (245 $f, 260, 264), coded (046) and in the control fields (005, 008), into a record.

The words are kept; what they say is read out of them, or is what 046 or 008 code of the same date.
"""

import re
from collections.abc import Iterator

from records.readers.gathering import Gathering
from records.readers.marcxml.field import Document, Field
from records.written import dates

_KINDS_264 = {"0": "created", "1": "issued", "4": "copyright"}
_KINDS = ("created", "issued", "copyright", "valid", "modified", "other")
_CODED = (("k", "l", "created"), ("m", "n", "valid"), ("c", "e", "issued"), ("j", "", "modified"))
"""046: the subfields of a date and of the end of a range, and of what it is the date."""

_UNPUBLISHED = frozenset("dfpt")
"""Leader/06 of manuscripts and mixed material: 008 has the date of their making."""

_COPYRIGHT = re.compile(r"\[?[cp©℗]\s?(\d{4})\]?", re.ASCII)
"""A year that the sign of copyright stands before, or its letter; no other date has a letter p or c there."""

_SINGLE, _RANGE = frozenset("set"), frozenset("cdikmu")


def gather(document: Document, gathering: Gathering) -> None:
    """State the dates of a document, and when its description was made and changed.

    Args:
        document: the record.
        gathering: where they go.
    """
    words = list(_words(document))
    coded = list(_in_046(document, gathering))
    stated = [date for kind in _KINDS for date in _matched(kind, words, coded, gathering)]
    fixed = _in_008(document)
    unread = [date for date in stated if not date["edtf"]]
    if fixed and not stated:
        stated = [{"kind": _made(document), "edtf": fixed, "text": None}]
    elif fixed and len(unread) == 1 and not any(date["edtf"] for date in stated):
        unread[0]["edtf"] = fixed
    for date in stated:
        gathering.add("dates", date)
    _cataloguing(document, gathering)


def _words(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield each date in words: of what it is the date, its subfield, the words."""
    for field in document.of("260", "264"):
        kind = "issued" if field.tag == "260" else _KINDS_264.get(field.indicators[1], "other")
        for text in map(_bare, field.texts("c")):
            yield "copyright" if _COPYRIGHT.fullmatch(text) else kind, f"{field.tag}$c", text
        yield from (("other", f"{field.tag}$g", _bare(text)) for text in field.texts("g"))
    for field in document.of("245"):
        if field.peek("f") and (field.peek("a") or field.peek("b")):
            yield from (("created", "245$f", _bare(text)) for text in field.texts("f"))
        yield from (("other", "245$g", _bare(text)) for text in field.texts("g") if field.peek("a"))


def _read(text: str) -> dates.Written:
    found = _COPYRIGHT.fullmatch(text)
    return dates.read(found[1] if found else text)


def _bare(text: str) -> str:
    """Return the words of a date without the punctuation around them."""
    line = re.sub(r"\s*[,;:]+$", "", " ".join(text.split()))
    return line.removesuffix(".") if re.search(r"\d\.$", line) else line


def _in_046(document: Document, gathering: Gathering) -> Iterator[tuple[str, str]]:
    for field in document.of("046"):
        for start, end, kind in _CODED:
            if field.peek(start) or (end and field.peek(end)):
                edtf = _span(field, start, end)
                if dates.read(edtf).edtf:
                    field.take(f"{start}{end}2", also="a")
                    yield kind, edtf
                else:
                    problem = f"{edtf!r} is no date; write it as in EDTF or ISO 8601, such as '1965-03-02'"
                    gathering.note(f"046${start}", problem, edtf)


def _span(field: Field, start: str, end: str) -> str:
    first, last = _dashed(field.peek(start)), _dashed(field.peek(end)) if end else ""
    return f"{first or '..'}/{last}" if last else first


def _dashed(text: str) -> str:
    """Return a date in the basic form of ISO 8601 (`19650302`) in the other one; any other as it is."""
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)?", text, re.ASCII)
    return "-".join(part for part in found.groups() if part) if found else text


def _matched(
    kind: str, words: list[tuple[str, str, str]], coded: list[tuple[str, str]], gathering: Gathering
) -> Iterator[dict[str, str | None]]:
    """Yield the dates of a kind; where as many are coded as stand there in words, they are the same."""
    said = [(name, text) for of, name, text in words if of == kind]
    codes = [edtf for of, edtf in coded if of == kind]
    if len(said) == len(codes):
        pairs = zip(said, codes, strict=True)
        yield from ({"kind": kind, "edtf": edtf, "text": text if text != edtf else None} for (_, text), edtf in pairs)
        return
    for name, text in said:
        found = _read(text)
        if found.problem:
            gathering.note(name, found.problem, text)
        yield {"kind": kind, "edtf": found.edtf, "text": text if text != found.edtf else None}
    read = {_read(text).edtf for _name, text in said}
    yield from ({"kind": kind, "edtf": edtf, "text": None} for edtf in codes if edtf not in read)


def _made(document: Document) -> str:
    return "created" if document.leader[6:7] in _UNPUBLISHED or document.leader[8:9] == "a" else "issued"


def _in_008(document: Document) -> str | None:
    """Return the date of 008/06-14 in EDTF; None if it has none, or one that is not told by its form alone."""
    text = document.control("008")
    first, last = text[7:11].replace("u", "X"), text[11:15]
    if text[6:7] == "e" and last.strip():
        first = _dashed(first + last.strip())
    elif text[6:7] in _RANGE:
        last = ".." if last in {"9999", "uuuu"} else last.replace("u", "X").strip()
        first = f"{first}/{last}" if last != first else first
    elif text[6:7] not in _SINGLE or first == "9999":
        return None
    return first if dates.read(first).edtf == first else None


def _cataloguing(document: Document, gathering: Gathering) -> None:
    """State the days of 005 and 008/00-05; MARC began in 1968, which tells the century."""
    changed = _dashed(document.control("005")[:8])
    entered = document.control("008")[:6]
    if entered.isdecimal():
        entered = _dashed(("19" if entered >= "68" else "20") + entered)
    for name, day in (("changed", changed), ("created", entered)):
        if len(day) == len("YYYY-MM-DD") and dates.read(day).edtf == day:
            gathering.put("cataloguing", name, day)
