"""MODS: what its parts share, the attribute that links and controlled terms with their authority (MODS 3.8)."""

from mappings.elements import Attributes
from records.model import Agent, Subject, Term

HREF = "xlink:href"


def authority(term: Term | Agent | Subject) -> Attributes:
    """Return the authority attributes of a term as stated: whose list it is from, and its URI there."""
    return {"authority": term.authority, "valueURI": term.uri}


def date_encoding(*, plain: bool) -> str:
    """Return the encoding of a date: w3cdtf for a year, a month or a day, edtf for what only EDTF can say."""
    return "w3cdtf" if plain else "edtf"
