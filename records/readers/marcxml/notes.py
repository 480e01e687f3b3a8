"""MARC 21: notes, rights and funding (5XX), and the place of the original (535, 852), into a record."""

from collections.abc import Mapping

from records.readers.gathering import Gathering
from records.readers.marcxml.field import LETTERS, Field
from records.readers.marcxml.headings import Gather
from records.rights_uris import canonical_rights_uri, rights_label

_KINDS = {
    "351": "arrangement",
    "502": "thesis",
    "504": "bibliography",
    "508": "creation/production credits",
    "510": "citation/reference",
    "511": "performers",
    "518": "venue",
    "521": "target audience",
    "530": "additional physical form",
    "533": "reproduction",
    "538": "system details",
    "541": "acquisition",
    "545": "biographical/historical",
    "546": "language",
    "555": "finding aid",
    "561": "ownership",
    "581": "publications",
    "583": "action",
    "585": "exhibitions",
}
"""The field of a note and its kind, by MODS' list of note types where it has one."""


def _note(gathering: Gathering, field: Field) -> None:
    _state(gathering, field.texts(LETTERS.replace("u", "").replace("w", "")), _KINDS.get(field.tag))


def _state(gathering: Gathering, texts: list[str], kind: str | None) -> None:
    if texts:
        gathering.add("notes", {"text": " ".join(texts), "kind": kind})


def _contents(gathering: Gathering, field: Field) -> None:
    if texts := field.texts("agrt"):
        gathering.add("contents", {"text": " ".join(texts)})


def _abstract(gathering: Gathering, field: Field) -> None:
    """Read 520: a summary, or advice on the content (first indicator 4)."""
    texts = field.texts("ab")
    if field.indicators[0] == "4":
        _state(gathering, texts, "content advice")
    elif texts:
        gathering.add("abstracts", {"text": " ".join(texts)})


def _citation(gathering: Gathering, field: Field) -> None:
    texts = field.texts("a")
    if texts and not gathering.put("source", "citation", " ".join(texts)):
        _state(gathering, texts, "preferred citation")


def _access(gathering: Gathering, field: Field) -> None:
    texts = field.texts("abcdefg")
    if texts and not gathering.put("rights", "access", " ".join(texts)):
        _state(gathering, texts, "access")


def _use(gathering: Gathering, field: Field) -> None:
    """Read 540: the terms ($a), whom to ask ($b), the URI ($u) with the name of what it states ($f)."""
    for name, codes in (("statement", "a"), ("contact", "b")):
        for text in field.texts(codes):
            if not gathering.put("rights", name, text):
                _state(gathering, [text], "rights")
    stated = field.peek("u")
    uri = canonical_rights_uri(stated) or stated
    if uri and gathering.put("rights", "uri", uri):
        field.take("u")
        if stated != uri:
            gathering.mend("540$u", f"{stated!r} is a page about the rights statement; taken as {uri!r}", stated)
        if field.peek("f") == rights_label(uri):
            field.take("f2")
            return
    _state(gathering, field.texts("f"), "rights")


def _copyright(gathering: Gathering, field: Field) -> None:
    texts = field.texts("d")
    if texts and not gathering.put("rights", "holder", " ".join(texts)):
        _state(gathering, texts, "rights")


def _funding(gathering: Gathering, field: Field) -> None:
    """Read 536: what a funder is owed, verbatim, and the number of the grant ($c)."""
    thanks, awards = " ".join(field.texts("a")), field.texts("c")
    if thanks or awards:
        gathering.add("funding", {"acknowledgment": thanks, "award": awards[0] if awards else None})
    for award in awards[1:]:
        gathering.add("funding", {"award": award})


def _holder(gathering: Gathering, field: Field) -> None:
    """Read 535: who keeps the original (first indicator 1), or a duplicate."""
    texts, duplicates = field.texts("a"), field.indicators[0] == "2"
    if texts and (duplicates or not gathering.put("source", "repository", field.text("a"))):
        _state(gathering, texts, "location of duplicates" if duplicates else "location")


def _location(gathering: Gathering, field: Field) -> None:
    """Read 852: the archive, its part or collection, the shelfmark; of a second place nothing."""
    stated = gathering.stated.get("source", {})
    if stated.keys() & {"collection", "shelfmark"} or not (field.peek("a") or field.peek("j") or field.peek("h")):
        return
    if field.peek("a") and (not stated.get("repository") or stated["repository"] == field.peek("a")):
        gathering.put("source", "repository", field.text("a"))
    for name, codes in (("collection", "b"), ("shelfmark", "hijklmt")):
        if text := field.text(codes):
            gathering.put("source", name, text)


def _finding_aid(gathering: Gathering, field: Field) -> None:
    for url in field.texts("u"):
        gathering.add("links", {"url": url, "kind": "finding aid"})
    _note(gathering, field)


def _cataloguing(gathering: Gathering, field: Field) -> None:
    texts = field.texts("a")
    if texts and not gathering.put("cataloguing", "origin", " ".join(texts)):
        _state(gathering, texts, None)


FIELDS: Mapping[str, Gather] = {
    **{str(tag): _note for tag in range(500, 590)},
    "351": _note,
    "505": _contents,
    "506": _access,
    "520": _abstract,
    "524": _citation,
    "535": _holder,
    "536": _funding,
    "540": _use,
    "542": _copyright,
    "555": _finding_aid,
    "588": _cataloguing,
    "852": _location,
}
"""The fields of notes, rights, funding and holdings; 534 is a relation, 590 to 599 are of each library's own."""
