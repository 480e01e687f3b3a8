"""What somebody did, as people write it, into MARC relator codes."""

import re

from records.relators import RELATORS

_ADDRESS = re.compile(
    r"https?://(?:www\.)?id\.loc\.gov/vocabulary/relators/([a-z]{3})(?:\.[a-z]+)?/?|relators:([a-z]{3})"
)
_ALSO = {
    "sender": "cre",
    "recipient": "rcp",
    "comp": "com",
    "ed": "edt",
    "eds": "edt",
    "tr": "trl",
    "trans": "trl",
}
"""Who sent a letter made it. The abbreviations are those that headings had (AACR2, 21.0D1), beside the codes."""

_CODES = {label.removesuffix("."): code for code, label in RELATORS.items()} | _ALSO


def read(text: str) -> str | None:
    """Return the relator code of one role, or None if it is none that is certain.

    Args:
        text: a code ("trl", "relators:trl"), its address at id.loc.gov, or a label in any case, one or several
            ("Translator", "(translators)", "trans.").
    """
    word = " ".join(text.casefold().strip(" \t\n\r()[].,:").split())
    if found := _ADDRESS.fullmatch(word):
        word = found[1] or found[2]
    if word in RELATORS:
        return word
    return _CODES.get(word) or _CODES.get(word.removesuffix("s"))
