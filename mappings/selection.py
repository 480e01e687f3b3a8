"""What several formats read out of a record in the same way: who made it, where the original lies, which awards.

Each format then says it in its own words.
"""

from records.model import Agent, Record, Source

CREATING_ROLES = frozenset({"art", "aut", "cmp", "cre", "ctg", "pht"})
"""Roles that make the work: artist, author, composer, creator, cartographer, photographer (MARC relator codes)."""

GRANT_AGREEMENT = "info:eu-repo/grantAgreement/"
"""How an award identifier begins that OpenAIRE reads out of dc:relation (literature guidelines 3.0)."""


def creates(agent: Agent) -> bool:
    """Return whether an agent made the work; any other role, and a name without one, contributed."""
    return not CREATING_ROLES.isdisjoint(agent.roles)


def place_of_original(source: Source) -> str | None:
    """Return the place of the original as one value, from the large to the small; None if no part is stated."""
    parts = (source.repository, source.collection, source.shelfmark)
    return ", ".join(part for part in parts if part) or None


def grant_agreements(record: Record) -> tuple[str, ...]:
    """Return the awards that are grant agreements by their form."""
    awards = (funding.award for funding in record.funding)
    return tuple(award for award in awards if award and award.startswith(GRANT_AGREEMENT))
