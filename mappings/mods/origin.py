"""MODS: originInfo, which holds the dates, the places of origin and the edition.

Each date has an originInfo of its own, so that its words (displayDate) stay with it; places and edition stand in the
first. A date of W3CDTF is encoded so, everything else as EDTF; a range gives its plain ends too, as point start and
end. The key date, the one to sort by, is the first date of creation that EDTF can say, else the first other date of the
document; words and the day of uploading are nothing to sort by.
"""

from collections.abc import Iterator

from mappings.elements import Attributes, around, element
from mappings.mods.terms import authority, date_encoding
from records import dates
from records.model import Date, Record, Term

_ELEMENTS = {
    "created": "dateCreated",
    "issued": "dateIssued",
    "captured": "dateCaptured",
    "copyright": "copyrightDate",
    "modified": "dateModified",
    "valid": "dateValid",
    "uploaded": "dateOther",
    "other": "dateOther",
}


def origin(record: Record) -> Iterator[str]:
    """Yield an originInfo for each date, the first with the places and the edition; none if nothing is stated."""
    key = _key_date(record)
    dated = [_date(date, key=date is key) for date in sorted(record.dates, key=lambda date: date is not key)]
    first = (*map(_place, record.places_of_origin), *dated[:1], element("edition", record.edition))
    if any(first):
        yield around("originInfo", first)
    yield from (around("originInfo", [written]) for written in dated[1:])


def _key_date(record: Record) -> Date | None:
    dated = [date for date in record.dates if date.edtf and date.kind != "uploaded"]
    return min(dated, key=lambda date: date.kind != "created", default=None)


def _place(place: Term) -> str:
    return around("place", [element("placeTerm", place.text, {"type": "text", **authority(place)})])


def _date(date: Date, *, key: bool) -> str:
    """Return one date: its words if it has no others, else its EDTF value, a range's ends, and its words beside."""
    name = _ELEMENTS[date.kind]
    kind = "uploaded" if date.kind == "uploaded" else None
    if date.edtf is None:
        return element(name, date.text, {"type": kind})
    values = list(_values(date.edtf))
    keyed = next((number for number, (_, said) in enumerate(values) if said.get("point") == "start"), 0)
    written = [
        element(name, text, {**said, "type": kind, "keyDate": "yes" if key and number == keyed else None})
        for number, (text, said) in enumerate(values)
    ]
    return "".join(written) + element("displayDate", date.text)


def _values(edtf: str) -> Iterator[tuple[str, Attributes]]:
    """Yield the whole value, then the plain ends of a range, each with its encoding, its qualifier and its point."""
    span = dates.parse(edtf)
    yield edtf, _attributes(span, plain=span.plain is not None)
    if span.is_range:
        for text, point in zip(edtf.split("/"), ("start", "end"), strict=True):
            if text not in dates.OPEN and (end := dates.parse(text)).start:
                yield end.start, {**_attributes(end, plain=True), "point": point}


def _attributes(span: dates.Span, *, plain: bool) -> Attributes:
    qualifier = "approximate" if span.approximate else "questionable" if span.questionable else None
    return {"encoding": date_encoding(plain=plain), "qualifier": qualifier}
