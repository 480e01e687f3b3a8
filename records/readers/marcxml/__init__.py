"""MARCXML: bibliographic records of MARC 21 (loc.gov/standards/marcxml, MARC21slim 1.2).

Fields are read as the Library of Congress maps them to MODS, and where we write MARC, as we write it. What is decided:

- Outside of an OAI-PMH response the identifier is made of 003 and 001, as MARC cites them: `(003)001`.
- Punctuation that leads to the next subfield falls away at the end of titles, names and headings, a full stop never.
- A main entry (1XX) without a role is the creator. An agent whose one role is funder (`fnd`) is one.
- Subdivisions of a heading stand behind `--`.
- A field in another script (880) is read as the one that it goes with; its title is an alternative one.
- The type is what 655 names out of DCMI's list, else what the leader codes. 008 gives a date only where no field states
  one, or what the words of the only one mean, and a language where 041 states none.
- 260 and 264 name who published (`pbl`), distributed (`dst`), manufactured (`mfr`); `[S.l.]` and `[s.n.]` name nobody.

A document that is valid is kept, and served again; leader, 005 to 008 and what else a record has no field for stay in
it alone. One that is not valid is written from the fields, and all else it says is kept as `unmapped`.
"""

from lxml.etree import _Element

from records.errors import RecordError
from records.readers.found import Taken
from records.readers.gathering import Gathering
from records.readers.marcxml import codes, dates, document, headings, links, notes
from records.readers.marcxml.field import MARC, Document
from records.readers.place import Place

ROOT = f"{MARC}record"

_FIELDS = {**codes.FIELDS, **notes.FIELDS, **headings.FIELDS, **links.FIELDS}
_IDENTIFYING = frozenset({"001", "003"})
_OTHERS = {"z": "an authority", "w": "a classification", "q": "a community", **dict.fromkeys("uvxy", "a holdings")}
"""Leader/06 of records of other kinds, and what they are."""

_NEEDED = {
    "001": "is missing; add the control number of the record, or load the whole OAI-PMH response that it came in",
    "245": "is missing; add the title, since a record is shown by it",
}


def read(root: _Element, place: Place) -> Taken | RecordError:
    """Return the record that a MARC record states, or why it cannot be taken.

    Args:
        root: the record element.
        place: where it stands.
    """
    if other := _OTHERS.get((root.findtext(f"{MARC}leader") or "")[6:7]):
        return place.error(f"is {other} record (leader/06), which describes no document; export the bibliographic ones")
    gathering = Gathering()
    native = document.kept(root, gathering)
    record = Document(root)
    gathering.elements = record.count
    dates.gather(record, gathering)
    for field in record.fields:
        if field.tag in _FIELDS:
            _FIELDS[field.tag](gathering, field)
    codes.types(gathering, record)
    codes.coded_language(gathering, record)
    foreign = _foreign(record)
    if foreign and place.header:
        gathering.add("identifiers", {"value": foreign})
    _lacking(record, gathering)
    return gathering.taken(place, foreign, native, _NEEDED)


def _foreign(record: Document) -> str | None:
    number, owner = record.control("001").strip(), record.control("003").strip()
    return f"({owner}){number}" if number and owner else number or None


def _lacking(record: Document, gathering: Gathering) -> None:
    """Say what was not read; control fields that hold codes were read in part."""
    for name, text in record.strange:
        gathering.lacks(name, text)
    if record.leader.strip():
        gathering.lacks("leader", record.leader)
    for tag, text in record.controls:
        if tag not in _IDENTIFYING or not record.control("001").strip():
            gathering.lacks(tag, text)
    for field in record.fields:
        for name, text in field.left():
            gathering.lacks(name, text)
