"""Rights URIs, by what their publishers define. Read here a second time, so that we are not judged by ourselves."""

import re

_STATEMENTS = "InC InC-OW-EU InC-EDU InC-NC InC-RUU NoC-CR NoC-NC NoC-OKLR NoC-US CNE UND NKC"
_CANONICAL = re.compile(
    rf"http://rightsstatements\.org/vocab/(?:{'|'.join(_STATEMENTS.split())})/[0-9]+\.[0-9]+/"
    r"|http://creativecommons\.org/(?:licenses|publicdomain)/[a-z+-]+/[0-9]+\.[0-9]+/(?:[a-z-]+/)?"
)
EXAMPLES = {
    "rightsstatements.org": "http://rightsstatements.org/vocab/InC/1.0/",
    "creativecommons.org": "http://creativecommons.org/licenses/by/4.0/",
}
"""The publishers that aggregators know, and how their URIs look."""


def publisher(uri: str) -> str | None:
    """Return whose rights URI something is, in whatever form it is written; None if it is nobody's that we know."""
    found = re.fullmatch(r"https?://(?:www\.)?([^/\s]+)/\S*", uri.strip(), re.IGNORECASE)
    return found[1].lower() if found and found[1].lower() in EXAMPLES else None


def is_canonical(uri: str) -> bool:
    """Whether a rights URI is written as its publisher defines it."""
    return _CANONICAL.fullmatch(uri) is not None
