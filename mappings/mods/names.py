"""MODS: name, with what each did as one text roleTerm of the MARC relators to a role.

Hubs compare the joined text of a role's terms, so a code beside the text would hide the creator; the code is the end
of the valueURI.
"""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from mappings.elements import around, element
from mappings.mods.terms import authority
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


def names(record: Record, repository: Repository) -> Iterator[str]:
    """Yield a name for each agent, the rights holder and, unless the repository leaves them out, each funder."""
    yield from map(_name, record.agents)
    for agent in _owed(record, repository):
        if not any(agent.name == other.name and agent.roles[0] in other.roles for other in record.agents):
            yield _name(agent)


def _owed(record: Record, repository: Repository) -> Iterator[Agent]:
    if record.rights and record.rights.holder:
        yield Agent(name=record.rights.holder, roles=("cph",))
    if repository.funder_names:
        for funding in record.funding:
            if funding.funder:
                yield Agent(name=funding.funder, roles=("fnd",), uri=funding.identifier)


def _name(agent: Agent) -> str:
    identified = identifier_type(agent.uri) if agent.uri else None
    parts = (
        element("namePart", agent.name),
        *map(_role, agent.roles),
        element("nameIdentifier", agent.uri, {"type": identified}) if identified else "",
    )
    return around("name", parts, {"type": NAME_TYPES[agent.kind] if agent.kind else None, **authority(agent)})


@lru_cache(maxsize=512)
def _role(code: str) -> str:
    """Return a role: the label of a MARC relator code, with its URI."""
    attributes = {
        "type": "text",
        "authority": "marcrelator",
        "authorityURI": RELATOR_URI,
        "valueURI": f"{RELATOR_URI}/{code}",
    }
    return around("role", [element("roleTerm", RELATORS[code], attributes)])


def identifier_type(uri: str) -> str | None:
    """Return the kind of identifier that a URI's host tells; None for a host that is no registry of identifiers."""
    host = urlsplit(uri).hostname or ""
    return _IDENTIFIER_TYPES.get(host.removeprefix("www."))
