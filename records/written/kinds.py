"""Types of documents as people write them, into the terms of MODS and DCMI."""

import re

from records.model import DCMI_TYPES, MODS_TYPES

_ADDRESS = re.compile(r"https?://purl\.org/dc/dcmitype/(.+)", re.I)
_EXACT = frozenset(MODS_TYPES + DCMI_TYPES)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold()).removesuffix("s")


_TERMS = {_letters(term): term for term in (*DCMI_TYPES, *MODS_TYPES)}
"""The letters of a term to the term; where both have it, that of MODS."""


def read(text: str) -> tuple[str, ...]:
    """Return the types that a text states, each once; none unless all of it is types, since the rest would be lost.

    A term that is written as MODS or DCMI writes it is that one. "photograph" is a genre, and no type.

    Args:
        text: a term in any case ("Still Image", "StillImages"), its address, or several between `;` or `|`.
    """
    types = [_type(part.strip()) for part in re.split(r"[;|]", text) if part.strip()]
    return tuple(dict.fromkeys(kind for kind in types if kind)) if all(types) else ()


def _type(text: str) -> str | None:
    found = _ADDRESS.fullmatch(text)
    term = found[1] if found else text
    return term if term in _EXACT else _TERMS.get(_letters(term))
