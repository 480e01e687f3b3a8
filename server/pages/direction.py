"""The direction that a language's script runs in, for HTML's `dir`."""

from functools import lru_cache

from langcodes import Language

RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""ISO 15924 codes of the living scripts that run from right to left."""


@lru_cache(maxsize=1024)
def direction(tag: str | None) -> str:
    """Return the value of HTML's `dir` for text in a language; `auto` where none is stated."""
    if tag is None:
        return "auto"
    return "rtl" if Language.get(tag).maximize().script in RIGHT_TO_LEFT else "ltr"
