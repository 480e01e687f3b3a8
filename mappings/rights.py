"""The one reading of rights and funding that all mappings share: what is said verbatim, and what is said as data.

The rights statement and the funder acknowledgment are texts that their owners worded. They are never joined to other
text, shortened or set in other words; each mapping puts them into an element of their own.
"""

from records.model import Record
from records.rights_uris import rights_label

_PUBLISHERS = {
    "http://rightsstatements.org/": ("rightsstatements.org", "http://rightsstatements.org/vocab/"),
    "http://creativecommons.org/": ("creativecommons.org", "http://creativecommons.org/"),
}


def statement(record: Record) -> str | None:
    """Return the rights statement, verbatim."""
    return record.rights.statement if record.rights else None


def uri(record: Record) -> str | None:
    """Return the rights URI as stated: of rightsstatements.org and Creative Commons in the canonical http form."""
    return record.rights.uri if record.rights else None


def label(rights_uri: str) -> str:
    """Return the official English name of a rights URI, or the URI itself if its publisher is another one."""
    return rights_label(rights_uri) or rights_uri


def publisher(rights_uri: str) -> tuple[str, str] | None:
    """Return the name and the vocabulary URI of the publisher of a rights URI; None for publishers we do not know."""
    return next((known for start, known in _PUBLISHERS.items() if rights_uri.startswith(start)), None)


def is_creative_commons(rights_uri: str) -> bool:
    """Return whether a rights URI is one of Creative Commons: a licence, or a dedication to the public domain."""
    known = publisher(rights_uri)
    return known is not None and known[0] == "creativecommons.org"


def contact(record: Record) -> str | None:
    """Return whom to ask about rights, unless the rights statement says so already."""
    if record.rights is None or record.rights.contact is None:
        return None
    return None if record.rights.contact in (record.rights.statement or "") else record.rights.contact


def acknowledgments(record: Record) -> tuple[str, ...]:
    """Return the funders' acknowledgments, each verbatim and once."""
    stated = (funding.acknowledgment for funding in record.funding)
    return tuple(dict.fromkeys(text for text in stated if text))
