"""Local identifiers of records that come with foreign ones: colons, slashes, whole web addresses.

The rule, which never changes, since addresses are made of what it gives: an identifier that is a local one already
stays as it is. In any other, letters with accents lose them; each run of characters that a URL cannot carry as they are
becomes one hyphen; what stands before the first letter or digit, and hyphens, dots, underscores and tildes at the end,
fall away. What is longer than 200 characters then is cut at 167, and goes on with a hyphen and 32 digits of its
BLAKE2b digest. `http://hdl.handle.net/10079/bibid/1234` becomes `http-hdl.handle.net-10079-bibid-1234`.
"""

import re
import unicodedata
from hashlib import blake2b

from records.model import Record
from records.values import IDENTIFIER, RESERVED

_LONGEST = 200


def local(foreign: str) -> str:
    """Return the local identifier of a foreign one; empty if nothing in it can stand in a URL.

    Args:
        foreign: an identifier as its owner writes it.
    """
    stated = foreign.strip()
    if IDENTIFIER.fullmatch(stated) and stated not in RESERVED:
        return stated
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", stated) if not unicodedata.combining(letter))
    made = re.sub(r"[^A-Za-z0-9._~-]+", "-", plain).lstrip("-._~").rstrip("-._~")
    if made in RESERVED:
        made = f"{made}-1"
    if len(made) <= _LONGEST:
        return made
    digest = blake2b(stated.encode(), digest_size=16).hexdigest()
    return f"{made[: _LONGEST - len(digest) - 1]}-{digest}"


def origins(record: Record) -> frozenset[str]:
    """Return the identifiers that a record's local one was made of; that itself if it was made of none.

    Two records with the same local identifier and no origin in common are two, not one.
    """
    stated = (record.oai_identifier or "", *(identifier.value for identifier in record.identifiers))
    made = {value for value in stated if value != record.identifier and local(value) == record.identifier}
    return frozenset(made or {record.identifier})
