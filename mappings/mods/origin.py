"""MODS: originInfo, which holds the dates, the places of origin and the edition.

Each date has an originInfo of its own, so that its words (displayDate) stay with it; places and edition stand in the
first. A date of W3CDTF is encoded so, everything else as EDTF; a range gives its plain ends too, as point start and
end. The key date, the one to sort by, is the first date of creation that EDTF can say, else the first other date of the
document; words and the day of uploading are nothing to sort by.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from mappings.elements import Attributes, add
from mappings.mods.terms import M, authority, date_encoding
from records import dates
from records.model import Date, Record

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


def add_origin(root: _Element, record: Record) -> None:
    """Add an originInfo for each date, the first with the places and the edition; none if nothing is stated."""
    key = _key_date(record)
    ordered = sorted(record.dates, key=lambda date: date is not key)
    if not (ordered or record.places_of_origin or record.edition):
        return
    first = add(root, f"{M}originInfo")
    _add_places(first, record)
    for number, date in enumerate(ordered):
        _add_date(add(root, f"{M}originInfo") if number else first, date, key=date is key)
    if record.edition:
        add(first, f"{M}edition", record.edition)


def _key_date(record: Record) -> Date | None:
    dated = [date for date in record.dates if date.edtf and date.kind != "uploaded"]
    return min(dated, key=lambda date: date.kind != "created", default=None)


def _add_places(origin: _Element, record: Record) -> None:
    for place in record.places_of_origin:
        attributes = {"type": "text", **authority(place)}
        add(add(origin, f"{M}place"), f"{M}placeTerm", place.text, attributes)


def _add_date(origin: _Element, date: Date, *, key: bool) -> None:
    """Add one date: its words if it has no others, else its EDTF value, the ends of a range, and its words beside."""
    element = f"{M}{_ELEMENTS[date.kind]}"
    kind = "uploaded" if date.kind == "uploaded" else None
    if date.edtf is None:
        add(origin, element, date.text, {"type": kind})
        return
    values = list(_values(date.edtf))
    keyed = next((number for number, (_, said) in enumerate(values) if said.get("point") == "start"), 0)
    for number, (text, said) in enumerate(values):
        add(origin, element, text, {**said, "type": kind, "keyDate": "yes" if key and number == keyed else None})
    if date.text:
        add(origin, f"{M}displayDate", date.text)


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
