"""oai_datacite: only for records with a DOI and all that DataCite must have; funders as data, owed words verbatim."""

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from lxml.etree import _Element

from mappings import datacite
from mappings.repository import Repository
from records.model import Record

Valid = Callable[[str, bytes | None], _Element]

D = "{http://datacite.org/schema/kernel-4}"
STATED: dict[str, Any] = {
    "identifier": "letter-1",
    "titles": [{"text": "A letter"}],
    "types": ["text"],
    "dates": [{"edtf": "1965-03-02"}],
    "identifiers": [{"value": "https://doi.org/10.12345/ABC-1", "kind": "DOI"}, {"value": "x-1", "kind": "old"}],
    "agents": [{"name": "A writer", "roles": ["aut"], "kind": "person"}, {"name": "T", "roles": ["trl"]}],
}


def _record(**statements: object) -> Record:
    return Record.model_validate(STATED | statements)


def _texts(root: _Element, name: str) -> list[str | None]:
    return [element.text for element in root.iter(f"{D}{name}")]


@pytest.mark.parametrize(
    "statements",
    [
        {"identifiers": []},
        {"identifiers": [{"value": "12345", "kind": "doi"}]},
        {"agents": [{"name": "A reader", "roles": ["rcp"]}]},
        {"dates": [{"edtf": "196X"}]},
        {"dates": [{"edtf": "1965~"}]},
        {"types": ["mixed material"]},
        {"visibility": "deleted"},
    ],
)
def test_what_is_missing_is_not_made_up(repository: Repository, statements: dict[str, object]) -> None:
    """Without a DOI, a creator, a year that is known or a type, there is no document."""
    assert datacite.write(_record(), repository) is not None
    assert datacite.write(_record(**statements), repository) is None


def test_the_doi_stands_alone(repository: Repository, valid: Valid) -> None:
    """As it is registered, without a resolver before it; the others are alternates."""
    root = valid("oai_datacite", datacite.write(_record(), repository))
    assert _texts(root, "identifier") == ["10.12345/ABC-1"]
    assert _texts(root, "alternateIdentifier") == ["letter-1", "x-1"]


@pytest.mark.parametrize(
    ("edtf", "said", "year"),
    [
        ("1965", ["1965"], "1965"),
        ("1965-03", ["1965-03"], "1965"),
        ("1965-21", [], "1965"),
        ("1927/1929-05", ["1927/1929-05"], None),
        ("1965-21/1966", [], None),
        ("1927/1929~", [], None),
        ("../1950", [], None),
    ],
)
def test_a_date_is_given_if_it_is_plain(
    repository: Repository, valid: Valid, edtf: str, said: list[str], year: str | None
) -> None:
    """A season or an uncertain date is none that DataCite reads; of a season the year is known."""
    known = [] if year else [{"edtf": "2001", "kind": "issued"}]
    root = valid("oai_datacite", datacite.write(_record(dates=[{"edtf": edtf}, *known]), repository))
    assert _texts(root, "date") == said + [date["edtf"] for date in known]
    assert _texts(root, "publicationYear") == [year or "2001"]


def test_who_did_what(repository: Repository, valid: Valid) -> None:
    """Makers create; a translator is one, the rights holder too, and the provider publishes."""
    root = valid("oai_datacite", datacite.write(_record(rights={"holder": "An heir"}), repository))
    assert _texts(root, "creatorName") == ["A writer"]
    contributors = [(found.get("contributorType"), found[0].text) for found in root.iter(f"{D}contributor")]
    assert contributors == [("Translator", "T"), ("RightsHolder", "An heir")]
    assert (_texts(root, "publisher"), _texts(root, "publicationYear")) == (["Example Archive"], ["1965"])


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("https://ror.org/05dxps055", "ROR"),
        ("https://doi.org/10.13039/100000001", "Crossref Funder ID"),
        ("https://isni.org/isni/0000000121032683", "ISNI"),
        ("http://www.wikidata.org/entity/Q1", "Other"),
    ],
)
def test_a_funder_that_is_named_is_data(repository: Repository, valid: Valid, uri: str, kind: str) -> None:
    """With its identifier, of the kind that its form says, and the award; an acknowledgment alone names nobody."""
    funding = [
        {"funder": "A fund", "identifier": uri, "award": "A-1", "acknowledgment": "With thanks  to the fund."},
        {"acknowledgment": "And to others."},
    ]
    root = valid("oai_datacite", datacite.write(_record(funding=funding), repository))
    (reference,) = root.iter(f"{D}fundingReference")
    assert [(etree.QName(part).localname, part.text) for part in reference] == [
        ("funderName", "A fund"),
        ("funderIdentifier", uri),
        ("awardNumber", "A-1"),
    ]
    assert reference[1].get("funderIdentifierType") == kind
    assert _texts(root, "description") == ["With thanks  to the fund.", "And to others."]
