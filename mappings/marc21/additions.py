"""MARCXML as a record arrived with it: what we add where it is missing, at the end, touching nothing else.

Data fields may stand in any order (MARC21slim 1.2). Added are what is stated of rights, the acknowledgments, and
our links: the landing page, the manifest and the preview.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from mappings import rights
from mappings.marc21 import description, links
from mappings.marc21.field import Field, field
from mappings.namespaces import MARC
from mappings.native import squeezed
from mappings.repository import Repository
from records.model import Record

_SAYING = frozenset("abdu")
"""Subfields that say what these fields are about; the others name or label it."""


def missing(root: _Element, record: Record, repository: Repository) -> Iterator[Field]:
    """Yield what a record states beside a MARC document, and that lacks."""
    present = {
        (datafield.get("tag"), squeezed(subfield.text))
        for datafield in root.iterchildren(f"{{{MARC}}}datafield")
        for subfield in datafield.iterchildren(etree.Element)
    }
    ours = (
        *description.use(record),
        *(field("536", "  ", ("a", text)) for text in rights.acknowledgments(record)),
        *links.own(record, repository),
    )
    for found in ours:
        said = [squeezed(text) for code, text in found.subfields if text and code in _SAYING]
        if not all((found.tag, text) in present for text in said):
            yield found
