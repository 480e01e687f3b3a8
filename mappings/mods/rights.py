"""MODS: accessCondition and the notes of type funding (MODS 3.8 user guidelines, accessCondition; MARC 540, 506, 536).

The statement and the acknowledgment each fill an element alone, character for character. The URI is an accessCondition
of its own with its official name as text.
"""

from collections.abc import Iterator

from mappings import rights
from mappings.elements import Attributes, element
from mappings.mods.terms import HREF
from mappings.repository import Repository
from records.model import Funding, Record

USE = "use and reproduction"


def access_conditions(record: Record) -> Iterator[str]:
    """Yield what is stated of rights; the holder is a name with the role copyright holder."""
    if not (stated := record.rights):
        return
    yield element("accessCondition", rights.statement(record), {"type": USE})
    if uri := rights.uri(record):
        yield element("accessCondition", rights.label(uri), _uri_attributes(uri))
    yield element("accessCondition", rights.contact(record), {"type": USE, "displayLabel": "Contact"})
    yield element("accessCondition", stated.access, {"type": "restriction on access"})
    yield element("accessCondition", stated.classification, {"displayLabel": "Classification"})


def _uri_attributes(uri: str) -> Attributes:
    publisher, vocabulary = rights.publisher(uri) or (None, None)
    return {"type": USE, HREF: uri, "authority": publisher, "authorityURI": vocabulary, "valueURI": uri}


def funding(record: Record, repository: Repository) -> Iterator[str]:
    """Yield the acknowledgments as notes, and the awards; the funder too where it may not be a name."""
    for acknowledgment in rights.acknowledgments(record):
        yield element("note", acknowledgment, {"type": "funding"})
    for each in record.funding:
        yield _funder(each, repository)
        yield element("note", each.award, {"type": "funding", "displayLabel": "Award"})


def _funder(funding: Funding, repository: Repository) -> str:
    """Return the funder as a note if it gets no name element: an identifier alone, or where names are left out."""
    if funding.funder and repository.funder_names:
        return ""
    attributes = {"type": "funding", "displayLabel": "Funder", HREF: funding.identifier}
    return element("note", funding.funder or funding.identifier, attributes)
