"""MARC 21: the leader, and the control fields 001 to 008, whose positions hold codes.

What a record does not state is coded as unknown, by the rules of MARC: the fill character `|` says that no attempt was
made to code, a blank stands where fill is not allowed (008/00-05; leader).
"""

import re
from collections.abc import Iterator

from mappings.languages import iso639_2b
from mappings.marc21.field import control_field
from mappings.repository import Repository
from records import dates
from records.model import Cataloguing, Record

_MATERIALS = {
    "text": "a",
    "Text": "a",
    "notated music": "c",
    "cartographic": "e",
    "moving image": "g",
    "MovingImage": "g",
    "sound recording": "i",
    "sound recording-nonmusical": "i",
    "Sound": "i",
    "sound recording-musical": "j",
    "still image": "k",
    "StillImage": "k",
    "Image": "k",
    "Dataset": "m",
    "InteractiveResource": "m",
    "Service": "m",
    "Software": "m",
    "software, multimedia": "m",
    "Collection": "p",
    "mixed material": "p",
    "three dimensional object": "r",
    "PhysicalObject": "r",
    "Event": "r",
}
"""Type of resource and its leader/06 (Library of Congress, MODS to MARC and Dublin Core to MARC)."""

_DATED = ("created", "issued", "copyright")


def fixed(record: Record, repository: Repository) -> Iterator[str]:
    """Yield as XML the leader, 001 (our identifier), 003 (whose it is: the repository's namespace), 005 and 008.

    005 stands for a stated day of change; its time is zeros, since MARC knows no day alone.
    """
    yield f"<leader>{leader(record)}</leader>"
    yield control_field("001", record.identifier)
    yield control_field("003", repository.namespace)
    stated = record.cataloguing or Cataloguing()
    changed = _day(stated.changed)
    yield control_field("005", f"{changed.replace('-', '')}000000.0" if changed else None)
    yield control_field("008", _general_information(record, _day(stated.created)))


def leader(record: Record) -> str:
    """Return the leader.

    05 status: c where a change is stated, else n. 06 type: of the first stated type; without one a, language material,
    as the Library of Congress has it, since no code says unknown. 07 level: c for a collection, else m, one item.
    09: a, Unicode. 10-11, 20-23: as always. 17 encoding level and 18 form of cataloguing: u, unknown. The lengths of
    00-04 and 12-16 are zeros, as XML has none.
    """
    changed = record.cataloguing and record.cataloguing.changed
    material = _MATERIALS[record.types[0]] if record.types else "a"
    level = "c" if "Collection" in record.types else "m"
    return f"00000{'c' if changed else 'n'}{material}{level} a2200000uu 4500"


def _general_information(record: Record, created: str | None) -> str:
    """Return 008.

    00-05 day of entry, blank if not stated. 06-14 type of date and dates. 15-17 place: xx, undetermined, since places
    are words here. 18-34, which depend on the material, and 38-39: no attempt to code. 35-37 the first language.
    """
    entered = created[2:].replace("-", "") if created else " " * 6
    language = iso639_2b(record.languages[0]) if record.languages else None
    return f"{entered}{_dates(record)}xx {'|' * 17}{language or '|||'}||"


def _dates(record: Record) -> str:
    """Return 008/06-14: the type of date and two dates, of the first creation, issue or copyright that EDTF can say.

    Type e is a known month or day, s a year known or probable, m a range, whose unknown end is uuuu. Of a decade or a
    century the unknown figures are u.
    """
    edtf = next((edtf for kind in _DATED for edtf in _stated(record, kind)), "")
    years = [_year(end) for end in edtf.split("/")]
    if not any(years):
        return "|" * 9
    if len(years) == 2:
        return "m" + "".join(year or "uuuu" for year in years)
    span = dates.parse(edtf)
    if not span.start:
        return f"s{years[0]}    "
    year, _, rest = span.start.partition("-")
    certain = rest and not (span.approximate or span.questionable)
    return f"e{year}{rest.replace('-', ''):4}" if certain else f"s{year}    "


def _stated(record: Record, kind: str) -> list[str]:
    return [date.edtf for date in record.dates if date.kind == kind and date.edtf]


_YEAR = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(?:0\d|1[0-2])(?:-\d\d)?)?[~?%]?", re.ASCII)


def _year(end: str) -> str | None:
    """Return the year of a date, u for X; None if it is open, a season, or one of several."""
    found = _YEAR.fullmatch(end)
    return found[1].replace("X", "u") if found else None


def _day(edtf: str | None) -> str | None:
    return dates.parse(edtf).day if edtf else None
