"""The media type of what IIIF says in JSON (Presentation 3.0, 6.3; Image 3.0, 5.1)."""

from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

LINKED_DATA = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
PLAIN = "application/json"


@lru_cache(maxsize=256)
def media_type(accept: str, linked_data: str = LINKED_DATA) -> str:
    """Return plain JSON for who prefers that, else linked data with its profile.

    Args:
        accept: the header, empty if it was not sent; most clients say the same.
        linked_data: the type of linked data with its profile; that of manifests and collections unless it is another.
    """
    preferred = parse_accept_header(accept, MIMEAccept).best_match([linked_data, "application/ld+json", PLAIN])
    return PLAIN if preferred == PLAIN else linked_data
