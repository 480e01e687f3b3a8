"""MODS: name, with what each did as one text roleTerm of the MARC relators to a role.

Hubs compare the joined text of a role's terms, so a code beside the text would hide the creator; the code is the end
of the valueURI.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.etree import _Element

from mappings.elements import add
from mappings.mods.terms import M, authority
from mappings.repository import Repository
from records.model import Agent, Record
from records.relators import RELATORS

RELATOR_URI = "http://id.loc.gov/vocabulary/relators"

NAME_TYPES = {"person": "personal", "organization": "corporate", "family": "family", "meeting": "conference"}
"""What an agent is, and what MODS calls that."""

_IDENTIFIER_TYPES = {
    "ror.org": "ror",
    "wikidata.org": "wikidata",
    "isni.org": "isni",
    "viaf.org": "viaf",
    "orcid.org": "orcid",
    "doi.org": "doi",
    "dx.doi.org": "doi",
}


def add_names(root: _Element, record: Record, repository: Repository) -> None:
    """Add a name for each agent, the rights holder and, unless the repository leaves them out, each funder."""
    for agent in record.agents:
        _add_name(root, agent)
    for agent in _owed(record, repository):
        if not any(agent.name == other.name and agent.roles[0] in other.roles for other in record.agents):
            _add_name(root, agent)


def _owed(record: Record, repository: Repository) -> Iterator[Agent]:
    if record.rights and record.rights.holder:
        yield Agent(name=record.rights.holder, roles=("cph",))
    if repository.funder_names:
        for funding in record.funding:
            if funding.funder:
                yield Agent(name=funding.funder, roles=("fnd",), uri=funding.identifier)


def _add_name(root: _Element, agent: Agent) -> None:
    attributes = {"type": NAME_TYPES[agent.kind] if agent.kind else None, **authority(agent)}
    name = add(root, f"{M}name", None, attributes)
    add(name, f"{M}namePart", agent.name)
    for code in agent.roles:
        add_role(name, code)
    if agent.uri and (identifier := identifier_type(agent.uri)):
        add(name, f"{M}nameIdentifier", agent.uri, {"type": identifier})


def add_role(name: _Element, code: str) -> None:
    """Add a role to a name: the label of a MARC relator code, with its URI."""
    attributes = {
        "type": "text",
        "authority": "marcrelator",
        "authorityURI": RELATOR_URI,
        "valueURI": f"{RELATOR_URI}/{code}",
    }
    add(add(name, f"{M}role"), f"{M}roleTerm", RELATORS[code], attributes)


def identifier_type(uri: str) -> str | None:
    """Return the kind of identifier that a URI's host tells; None for a host that is no registry of identifiers."""
    host = urlsplit(uri).hostname or ""
    return _IDENTIFIER_TYPES.get(host.removeprefix("www."))
