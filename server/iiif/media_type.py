"""The media type of manifests and collections (Presentation 3.0, 6.3)."""

from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

LINKED_DATA = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
PLAIN = "application/json"


@lru_cache(maxsize=256)
def media_type(accept: str) -> str:
    """Return plain JSON for who prefers that, else linked data with its profile.

    Args:
        accept: the header, empty if it was not sent; most clients say the same.
    """
    preferred = parse_accept_header(accept, MIMEAccept).best_match([LINKED_DATA, "application/ld+json", PLAIN])
    return PLAIN if preferred == PLAIN else LINKED_DATA
