"""marc21: MARCXML, a bibliographic record of MARC 21 (loc.gov/standards/marcxml, MARC21slim 1.2).

The fields follow the Library of Congress: its mappings of MODS and of Dublin Core to MARC, and the format itself.
Statement (540 $a) and acknowledgment (536 $a) fill a subfield each, character for character; no punctuation is added to
any text.

The record is written as text, since its elements are so alike: pymarc's own writer loses a carriage return in a text.
The tests read what we write with pymarc and with lxml.

What MARC does not carry, and why:

- The language of a title, an abstract or a note: no subfield says it, but for a translated title (242 $y).
- Coordinates of a subject (034 is about the map described), the digital origin, the kind of a note that has no field.
- The days of digitizing and uploading and other dates (533 needs words that nobody stated); the EDTF of an issue or a
  copyright for which there are words (008 has the year); a modification that EDTF cannot say; when the description was
  entered or changed, where that is no day.
- The funder's identifier without its name; the provider's home page, logo and URI; of the cataloguing, the second and
  further languages. The authority of an agent, since 1XX and 7XX have no place for it; that of a place of origin.
- The URI of an agent of which it is not stated what it is (720 has no place for it), of a place, a type, an occupation.
- The label and media type of the first landing page, manifest and preview, as each is named by what it is.
- What is about publishing and presentation, as in `mods`; the words of texts, which are linked.
"""

from collections.abc import Iterator

from mappings import native
from mappings.elements import Attributes
from mappings.marc21 import additions, description, headings, links
from mappings.marc21.field import Field, written
from mappings.marc21.fixed import fixed
from mappings.namespaces import MARC, SCHEMAS, XSI
from mappings.repository import Repository
from records.model import Record

_NAMESPACE: Attributes = {"xmlns": MARC}
_LOCATION = f"{MARC} {SCHEMAS[MARC]}"
_OPENING = f'<record xmlns="{MARC}" xmlns:xsi="{XSI}" xsi:schemaLocation="{_LOCATION}">'


def write(record: Record, repository: Repository) -> bytes | None:
    """Write a record as MARCXML.

    A record that arrived as MARCXML is served as it arrived, with what it lacks: our links, rights, acknowledgments.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.

    Returns:
        The document in UTF-8 without an XML declaration; None for a record that is only a deletion.
    """
    if record.visibility == "deleted":
        return None
    root = native.root(record, "marc21", f"{{{MARC}}}record")
    if root is not None:
        native.append(root, written(additions.missing(root, record, repository)), _NAMESPACE)
        native.locate(root, _LOCATION)
        return native.document(root)
    parts = (_OPENING, *fixed(record, repository), *written(_fields(record, repository)), "</record>")
    return "".join(parts).encode()


def _fields(record: Record, repository: Repository) -> Iterator[Field]:
    main = headings.main_entry(record)
    yield from description.codes(record, repository)
    yield from headings.titles(record, main)
    yield from headings.names(record, main)
    yield from description.production(record, repository)
    yield from description.notes(record)
    yield from headings.subjects(record)
    yield from description.genres(record)
    yield from links.relations(record, repository)
    yield from links.locations(record, repository)
