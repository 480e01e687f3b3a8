"""Identifiers as people write them: of which scheme one is, where its form says so."""

import re

_FORMS = {
    "doi": r"(?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)?10\.\d{4,9}/\S+",
    "ark": r"(?:https?://\S+/)?ark:/?\d{5,9}/\S+",
    "hdl": r"(?:hdl:\s*|info:hdl/|https?://hdl\.handle\.net/)\S+",
    "isbn": r"(?:urn:)?isbn[:\s]\s*[\d -]{9,}[\dx]",
    "issn": r"(?:urn:)?issn[:\s]\s*\d{4}-?\d{3}[\dx]",
    "urn": r"urn:[a-z0-9][a-z0-9-]{1,31}:\S+",
}
_KINDS = {kind: re.compile(form, re.IGNORECASE | re.ASCII) for kind, form in _FORMS.items()}
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def kind(text: str) -> str | None:
    """Return the scheme of an identifier (`doi`, `ark`, `hdl`, `isbn`, `issn`, `urn`), or None if its form says none.

    Args:
        text: the identifier as its source has it, alone or as the address that resolves it.
    """
    return next((kind for kind, form in _KINDS.items() if form.fullmatch(text.strip())), None)


def is_web_address(text: str) -> bool:
    """Whether a text is a web address and nothing else."""
    return _WEB.fullmatch(text.strip()) is not None
