"""MARC 21: titles (130, 210, 240-247, 730), names (1XX, 7XX) and subjects (6XX, 751, 752), into a record."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from records.model import DCMI_TYPES
from records.readers.gathering import Gathering
from records.readers.marcxml.field import LETTERS, Field, trimmed
from records.written import languages, roles

Gather = Callable[[Gathering, Field], None]

_NAME_KINDS = {"00": "person", "10": "organization", "11": "meeting"}
_NAME_CODES = {"00": "abcdq", "10": "abcdn", "11": "acdenq"}
_LISTS = {"0": "lcsh", "1": "lcshac", "2": "mesh", "3": "nal", "5": "cash", "6": "rvm"}
"""The second indicator of 6XX and the list that it names."""

_INDEX_KINDS = {"1": "person", "2": "organization", "3": "meeting", "4": "time", "5": "place", "6": "genre"}
_SUBDIVISIONS = "vxyz"
_NOT_HEADING = "eiuw"


def _main_title(gathering: Gathering, field: Field) -> None:
    """Read 245: the title; its responsibility as a note. An archive may state a form ($k) and dates ($f) alone."""
    first = not any(title["kind"] == "main" for title in gathering.stated.get("titles", ()))
    own = field.text("abnp") or field.text("kfg")
    _state_title(gathering, own, "main" if first and not field.linked else "alternative")
    if responsibility := field.text("c"):
        gathering.add("notes", {"text": responsibility, "kind": "statement of responsibility"})
    for form in field.texts("k"):
        gathering.add("genres", {"text": trimmed(form)})


def _state_title(gathering: Gathering, text: str, kind: str, language: str | None = None) -> None:
    if text:
        gathering.add("titles", {"text": text, "kind": kind, "language": language})


def _title(gathering: Gathering, field: Field, kind: str) -> None:
    language = languages.read(code) if kind == "translated" and (code := field.peek("y")) else None
    if language:
        field.take("y")
    _state_title(gathering, field.text("abdfgklmnoprst"), kind, language)


def _name(gathering: Gathering, field: Field) -> None:
    """Read 1XX, 7XX: an agent with its roles; a work of the agent ($t) is a relation; a funder is one."""
    which = field.tag[1:]
    name = field.text(_NAME_CODES.get(which, "abcdnq"))
    if not name:
        return
    if work := field.text("t"):
        gathering.add("relations", {"title": f"{name}. {work}", "label": field.text("i")})
        return
    stated, uri = _roles(gathering, field, "j" if which == "11" else "e"), field.uri()
    if stated == ["fnd"]:
        gathering.add("funding", {"funder": name, "identifier": uri})
        return
    if not stated and field.tag.startswith("1"):
        stated = ["cre"]
    kind = "family" if which == "00" and field.indicators[0] == "3" else _NAME_KINDS.get(which)
    gathering.add("agents", {"name": name, "kind": kind, "roles": stated, "uri": uri, "authority": field.text("2")})


def _roles(gathering: Gathering, field: Field, term: str) -> list[str]:
    """Return the roles that codes ($4) and terms ($e) state, each once."""
    found: dict[str, None] = {}
    unknown = []
    for code, text in field.take(f"4{term}"):
        if role := roles.read(text):
            found[role] = None
        else:
            unknown.append((f"{field.tag}${code}", text))
    for name, text in unknown:
        gathering.note(name, f"{text!r} is no role of MARC's list; write one, such as 'author' or 'translator'", text)
        gathering.keep(name, text)
    return list(found)


def _subject(gathering: Gathering, field: Field, kind: str) -> None:
    if text := _heading(field):
        authority, uri = _list(field), field.uri()
        gathering.add("subjects", {"text": text, "kind": kind, "authority": authority, "uri": uri})


def _heading(field: Field) -> str:
    """Return a heading with its subdivisions, divided as catalogues divide them."""
    codes = "".join(code for code in LETTERS if code not in _SUBDIVISIONS + _NOT_HEADING)
    main = field.text(codes)
    return "--".join([*([main] if main else []), *(trimmed(text) for text in field.texts(_SUBDIVISIONS))])


def _list(field: Field) -> str | None:
    """Return the list that a heading is of."""
    if field.indicators[1] == "7":
        return field.text("2") or None
    return _LISTS.get(field.indicators[1])


def _name_subject(gathering: Gathering, field: Field, kind: str) -> None:
    _subject(gathering, field, "family" if kind == "person" and field.indicators[0] == "3" else kind)


def _index_term(gathering: Gathering, field: Field) -> None:
    kind = _INDEX_KINDS.get(field.indicators[1], "topic")
    for text in field.texts("a"):
        gathering.add("subjects", {"text": trimmed(text), "kind": kind, "uri": field.uri()})


def _genre(gathering: Gathering, field: Field) -> None:
    """Read 655: a genre, or a type that it names out of DCMI's list."""
    text, authority = _heading(field), _list(field)
    if authority == "dct" and text in DCMI_TYPES:
        gathering.add("types", text)
    elif text:
        gathering.add("genres", {"text": text, "authority": authority, "uri": field.uri()})


def _place(gathering: Gathering, field: Field) -> None:
    """Read 751, 752: a place, from the large to the small."""
    parts = [trimmed(text) for text in field.texts("abcdfgh")]
    if parts:
        place: dict[str, Any] = {"text": "--".join(parts), "kind": "place", "uri": field.uri()}
        gathering.add("subjects", {**place, "authority": field.text("2")})


FIELDS: Mapping[str, Gather] = {
    "245": _main_title,
    **dict.fromkeys(("130", "240", "730"), partial(_title, kind="uniform")),
    **dict.fromkeys(("222", "246", "247", "740"), partial(_title, kind="alternative")),
    "210": partial(_title, kind="abbreviated"),
    "242": partial(_title, kind="translated"),
    **dict.fromkeys(("100", "110", "111", "700", "710", "711", "720"), _name),
    **{f"6{which}": partial(_name_subject, kind=kind) for which, kind in _NAME_KINDS.items()},
    "630": partial(_subject, kind="title"),
    "648": partial(_subject, kind="time"),
    **dict.fromkeys(("647", "650", "654", "657"), partial(_subject, kind="topic")),
    **dict.fromkeys(("651", "662"), partial(_subject, kind="place")),
    "653": _index_term,
    "655": _genre,
    "656": partial(_subject, kind="occupation"),
    **dict.fromkeys(("751", "752"), _place),
}
"""The fields of titles, names and subjects."""
