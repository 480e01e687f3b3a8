"""MARC 21: series (490, 8XX), related resources (534, 76X-78X) and addresses on the web (856), into a record."""

from collections.abc import Mapping

from records.readers.gathering import Gathering
from records.readers.marcxml.field import LETTERS, Field
from records.readers.marcxml.headings import Gather
from records.written.identifiers import is_web_address

_RELATIONS = {
    **dict.fromkeys(("760", "762", "490", "800", "810", "811", "830"), "series"),
    "534": "original",
    "765": "original",
    "773": "host",
    "775": "other version",
    "767": "other version",
    "776": "other format",
    "780": "preceding",
    "785": "succeeding",
}
_LINKS = {
    "iiif manifest": "manifest",
    "thumbnail": "preview",
    "preview": "preview",
    "finding aid": "finding aid",
    "transcript": "transcript",
    "landing page": "landing page",
    "file": "file",
}


def _series(gathering: Gathering, field: Field) -> None:
    """Read 490 and 8XX: the series, with its number ($v) and ISSN ($x)."""
    title = field.text("".join(code for code in LETTERS if code not in "vwxieu"))
    if title:
        relation = {"title": title, "kind": "series", "description": field.text("v"), "identifier": field.text("x")}
        gathering.add("relations", relation)


def _relation(gathering: Gathering, field: Field) -> None:
    """Read a linking entry: title ($t, $s, $a), label ($i, in 534 $p), part ($g, $n), number or address ($o, $w)."""
    own = field.text("t") or field.text("s")
    title = f"{maker}. {own}" if own and (maker := field.text("a")) else own or field.text("a")
    if not title:
        return
    label = field.text("p" if field.tag == "534" else "i")
    told = " ".join(field.texts("cn" if field.tag == "534" else "gnd"))
    numbers = field.texts("oxwz")
    url = next(filter(is_web_address, numbers), None)
    others = [number for number in numbers if number != url]
    relation = {"title": title, "kind": _RELATIONS.get(field.tag), "label": label, "description": told, "url": url}
    gathering.add("relations", {**relation, "identifier": others[0] if others else None})
    for number in others[1:]:
        gathering.lacks(field.tag, number)


def _address(gathering: Gathering, field: Field) -> None:
    """Read 856. Second indicator: 0 the resource itself, 1 a version of it, 2 what is related; $3 says what it is."""
    what = _LINKS.get(field.peek("3").casefold())
    if what:
        field.take("3")
    of_original = field.indicators[1] == "2" and field.peek("3") == "Original"
    kind = what or {"0": "landing page", "1": "file"}.get(field.indicators[1], "other")
    if kind == "landing page" and any(link["kind"] == kind for link in gathering.stated.get("links", ())):
        kind = "other"
    for url in field.texts("u"):
        if of_original and gathering.put("source", "uri", url):
            field.take("3")
            continue
        label = " ".join(field.texts("yz" if what else "3yz"))
        gathering.add("links", {"url": url, "kind": kind, "label": label, "media_type": field.text("q")})


FIELDS: Mapping[str, Gather] = {
    **dict.fromkeys(("490", "800", "810", "811", "830"), _series),
    **{str(tag): _relation for tag in (534, *range(760, 788))},
    "856": _address,
}
"""The fields of related resources and addresses."""
