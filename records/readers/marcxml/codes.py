"""MARC 21: numbers (0XX), languages (041), production (250 to 300), series (490, 8XX), into a record."""

import re
from collections.abc import Mapping

from records.readers.gathering import Gathering
from records.readers.marcxml.field import Document, Field, trimmed
from records.readers.marcxml.headings import Gather
from records.values import OAI_IDENTIFIER
from records.written import languages

_MATERIALS = {
    **dict.fromkeys("at", "text"),
    **dict.fromkeys("cd", "notated music"),
    **dict.fromkeys("ef", "cartographic"),
    "g": "moving image",
    "i": "sound recording-nonmusical",
    "j": "sound recording-musical",
    "k": "still image",
    "m": "software, multimedia",
    **dict.fromkeys("op", "mixed material"),
    "r": "three dimensional object",
}
"""Leader/06 and the type of resource that it stands for (Library of Congress, MARC to MODS)."""

_NUMBERS = {"010": "lccn", "020": "isbn", "022": "issn"}
_STANDARD = {"0": "isrc", "1": "upc", "2": "ismn", "3": "ean", "4": "sici"}
_MAKERS = {"260": "pbl", "1": "pbl", "2": "dst", "3": "mfr"}
"""What whom 260 or the second indicator of 264 names did: published, distributed, manufactured."""

_NOBODY = re.compile(
    r"\[?(?:s\.\s?[ln]\.|(?:place|publisher|producer|distributor|manufacturer)\b.*not identified)", re.I
)


def types(gathering: Gathering, document: Document) -> None:
    """State the type that the leader codes, unless the record names types itself (655, source dct)."""
    if gathering.stated.get("types") or len(document.leader) < 8:
        return
    if material := _MATERIALS.get(document.leader[6]):
        gathering.add("types", material)
    if document.leader[7] == "c":
        gathering.add("types", "Collection")


def coded_language(gathering: Gathering, document: Document) -> None:
    """State the language that 008 codes, unless 041 states some."""
    code = document.control("008")[35:38].strip(" |#")
    if code and not gathering.stated.get("languages") and (tag := languages.read(code)):
        gathering.add("languages", tag)


def _number(gathering: Gathering, field: Field) -> None:
    for text in field.texts("a"):
        gathering.add("identifiers", {"value": text, "kind": _NUMBERS[field.tag]})


def _standard_number(gathering: Gathering, field: Field) -> None:
    """Read 024: of a scheme that an indicator or $2 names; another one with what qualifies it ($q)."""
    kind = field.text("2") if field.indicators[0] == "7" else _STANDARD.get(field.indicators[0])
    kind = kind or field.text("q") or None
    for text in field.texts("a"):
        gathering.add("identifiers", {"value": text, "kind": kind})
        if kind == "oai" and OAI_IDENTIFIER.fullmatch(text):
            gathering.stated.setdefault("oai_identifier", text)


def _system_number(gathering: Gathering, field: Field) -> None:
    for text in field.texts("a"):
        gathering.add("identifiers", {"value": text, "kind": "oclc" if text.startswith("(OCoLC)") else None})


def _cataloguing(gathering: Gathering, field: Field) -> None:
    if (source := field.peek("a")) and gathering.put("cataloguing", "source", source):
        field.take("a")
    if tag := languages.read(field.peek("b")):
        gathering.stated.setdefault("cataloguing", {}).setdefault("languages", [tag])
        field.take("b")


def _languages(gathering: Gathering, field: Field) -> None:
    """Read 041: languages of the text and of the original, in MARC's codes or, where $2 says so, as tags.

    Older records write several codes as one word: `engfre`. A tag that says more than a code stands for it.
    """
    field.take("2")
    for code, text in field.take("ah"):
        name = "languages" if code == "a" else "original_languages"
        codes = re.findall("...", text) if len(text) % 3 == 0 and text.isalpha() else [text]
        for word in codes:
            if tag := languages.read(word):
                gathering.add(name, tag)
                said = gathering.stated[name]
                gathering.stated[name] = [known for known in said if not tag.startswith(f"{known}-")]
            else:
                problem = f"{word!r} is no language that we know; write its code of MARC's list, such as 'chi'"
                gathering.note(f"041${code}", problem, text)
                gathering.keep(f"041${code}", word)


def _edition(gathering: Gathering, field: Field) -> None:
    if text := field.text("ab"):
        if "edition" in gathering.stated:
            gathering.add("notes", {"text": text, "kind": "edition"})
        gathering.stated.setdefault("edition", text)


def _production(gathering: Gathering, field: Field) -> None:
    """Read places and makers of 260 and 264; that one is unknown is no statement. Their dates are in `dates`."""
    role = _MAKERS.get(field.tag) or _MAKERS.get(field.indicators[1])
    for code in "ab":
        if _NOBODY.match(field.peek(code)):
            continue
        for text in field.texts(code):
            if code == "a":
                gathering.add("places_of_origin", {"text": trimmed(text)})
            else:
                gathering.add("agents", {"name": trimmed(text), "roles": [role] if role else []})


def _extent(gathering: Gathering, field: Field) -> None:
    """Read 300: each extent ($a) with what is said of it behind."""
    groups: list[list[str]] = []
    for code, text in field.take("abcefg"):
        if code == "a" or not groups:
            groups.append([])
        groups[-1].append(text)
    for group in groups:
        gathering.add("extents", trimmed(" ".join(group)))


def _media_types(gathering: Gathering, field: Field) -> None:
    for text in field.texts("b"):
        gathering.add("media_types", text)


FIELDS: Mapping[str, Gather] = {
    **dict.fromkeys(_NUMBERS, _number),
    "024": _standard_number,
    "035": _system_number,
    "040": _cataloguing,
    "041": _languages,
    "250": _edition,
    **dict.fromkeys(("260", "264"), _production),
    "300": _extent,
    "347": _media_types,
}
"""The fields of numbers, languages and production."""
