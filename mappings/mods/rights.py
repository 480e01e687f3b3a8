"""MODS: accessCondition and the notes of type funding (MODS 3.8 user guidelines, accessCondition; MARC 540, 506, 536).

The statement and the acknowledgment each fill an element alone, character for character. The URI is an accessCondition
of its own with its official name as text.
"""

from lxml.etree import _Element

from mappings import rights
from mappings.elements import Attributes, add
from mappings.mods.terms import HREF, M
from mappings.repository import Repository
from records.model import Funding, Record

USE = "use and reproduction"


def add_access_conditions(root: _Element, record: Record) -> None:
    """Add what is stated of rights; the holder is a name with the role copyright holder."""
    if not (stated := record.rights):
        return
    if statement := rights.statement(record):
        add(root, f"{M}accessCondition", statement, {"type": USE})
    if uri := rights.uri(record):
        add(root, f"{M}accessCondition", rights.label(uri), _uri_attributes(uri))
    if contact := rights.contact(record):
        add(root, f"{M}accessCondition", contact, {"type": USE, "displayLabel": "Contact"})
    if stated.access:
        add(root, f"{M}accessCondition", stated.access, {"type": "restriction on access"})
    if stated.classification:
        add(root, f"{M}accessCondition", stated.classification, {"displayLabel": "Classification"})


def _uri_attributes(uri: str) -> Attributes:
    publisher, vocabulary = rights.publisher(uri) or (None, None)
    return {"type": USE, HREF: uri, "authority": publisher, "authorityURI": vocabulary, "valueURI": uri}


def add_funding(root: _Element, record: Record, repository: Repository) -> None:
    """Add the acknowledgments as notes, and the awards; the funder too where it may not be a name."""
    for acknowledgment in rights.acknowledgments(record):
        add(root, f"{M}note", acknowledgment, {"type": "funding"})
    for funding in record.funding:
        _add_funder(root, funding, repository)
        if funding.award:
            add(root, f"{M}note", funding.award, {"type": "funding", "displayLabel": "Award"})


def _add_funder(root: _Element, funding: Funding, repository: Repository) -> None:
    """Add the funder as a note if it gets no name element: an identifier alone, or where names are left out."""
    if funding.funder and repository.funder_names:
        return
    if funder := funding.funder or funding.identifier:
        attributes = {"type": "funding", "displayLabel": "Funder", HREF: funding.identifier}
        add(root, f"{M}note", funder, attributes)
