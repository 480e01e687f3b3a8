"""Languages as people write them: tags, codes, names."""

import re
from functools import lru_cache

import langcodes
from language_data.names import TRIES, name_to_code, normalize_name

from records.values import language_tag

_YEARS = re.compile(r" ?\((?:to |ca\. ?)?[0-9][0-9-]*\)$")
"""The time of a language, behind its name in ISO 639: "Greek, Modern (1453-)"."""


@lru_cache(maxsize=4096)
def read(text: str) -> str | None:
    """Return the BCP 47 tag of a language, or None if it is none that we know.

    The codes that say of no language which it is (`und`, `mul`, `zxx`, `mis`) are tags like the others: what a source
    states is kept (RFC 5646, 4.1). A word that is the code of one language and the name of another ("Mon") is none.

    Args:
        text: a tag ("es-419"), a code of ISO 639 ("chi", "zho"), an English name ("Chinese", "Greek, Ancient"), or the
            name that a language has for itself ("русский").
    """
    stated = " ".join(text.strip().rstrip(".").split())
    if len(stated) < 2 or not stated.isprintable():
        return None
    named = _named(stated)
    try:
        tag = language_tag(stated)
    except ValueError:
        return named
    return None if named not in {None, tag} and len(stated) == 3 and stated.istitle() else tag


def _named(text: str) -> str | None:
    """Return the tag of a language by its name, or by several names of it ("Spanish; Castilian")."""
    codes = {_code(_YEARS.sub("", name.strip())) for name in text.split(";")}
    code = codes.pop()
    if codes or code is None:
        return None
    tag = language_tag(code)
    return tag if tag.count("-") == code.count("-") else None  # Serbo-Croatian would become Serbian in Latin script


_TURNED = re.compile(r"(.+?)(?:, (.+)| \((.+)\))")
"""A name that is sorted by its noun: "Greek, Ancient", "Chinese (Traditional)"."""


def _code(name: str) -> str | None:
    found = _TURNED.fullmatch(name)
    english = f"{found[2] or found[3]} {found[1]}" if found else name
    return _exact(english, "en") or (code if (code := _exact(name, "und")) and _is_own_name(name, code) else None)


def _exact(name: str, language: str) -> str | None:
    """Return the code that a name has in a language; the library would take "English nonsense" for English."""
    code: str | None = name_to_code("language", name, language)
    return code if code and normalize_name(name) in TRIES[f"{language}/name_to_language"] else None


def _is_own_name(name: str, code: str) -> bool:
    return langcodes.Language.get(code).autonym().casefold() == name.casefold()
