"""What each term of Dublin Core becomes in a record (DCMI Metadata Terms)."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from records.readers.dublin_core.values import Value
from records.readers.gathering import Gathering
from records.rights_uris import canonical_rights_uri
from records.written import dates, kinds, languages
from records.written.identifiers import is_web_address, kind

Gather = Callable[[Gathering, Value], None]

_MEDIA_TYPE = re.compile(
    r"(?:application|audio|chemical|font|image|message|model|multipart|text|video)/[\w.+-]+(?:\s*;.*)?", re.I | re.S
)
_FILE = re.compile(r"\.(?:gif|jpe?g|jp2|mp3|mp4|pdf|png|tiff?|wav)$", re.I)
_MANIFEST = re.compile(r"https?://\S*iiif\S*/manifest(?:\.json)?", re.I)
_GRANT = "info:eu-repo/grantAgreement/"
_PERIOD = re.compile(r"\b(?:\d{3,4}s?|centur(?:y|ies))\b", re.I)
_SCHEMES = {"LCSH": "lcsh", "MESH": "mesh", "TGN": "tgn", "DDC": "ddc", "LCC": "lcc", "UDC": "udc"}


def gather(values: Iterable[Value], gathering: Gathering) -> None:
    """Put values where a record has a field for them; others lack one.

    Args:
        values: the values of a document, in its order.
        gathering: where they go.
    """
    found = list(values)
    for value in sorted(found, key=lambda value: value.term == "description"):  # an abstract that says so goes first
        TERMS.get(value.term, _lacks)(gathering, value)
    _landing_page([value for value in found if value.term == "identifier"], gathering)


def _lacks(gathering: Gathering, value: Value) -> None:
    gathering.lacks(value.name, value.text)


def _title(gathering: Gathering, value: Value, kind: str | None = None) -> None:
    first = not any(title["kind"] == "main" for title in gathering.stated.get("titles", ()))
    kind = kind or ("main" if first else "alternative")
    gathering.add("titles", {"text": value.line, "language": value.language, "kind": kind})


def _agent(gathering: Gathering, value: Value, role: str) -> None:
    gathering.add("agents", {"name": value.line, "roles": [role]})


def _subject(gathering: Gathering, value: Value, kind: str = "topic") -> None:
    authority = _SCHEMES.get(value.scheme or "")
    gathering.add("subjects", {"text": value.line, "kind": kind, "authority": authority, **_point(value.line)})


def _point(text: str) -> dict[str, float]:
    """Return the coordinates of a place in DCSV (DCMI Point: `name=Perth; east=115.9; north=-31.9`)."""
    parts = dict(part.split("=", 1) for part in re.split(r"\s*;\s*", text) if "=" in part)
    try:
        return {"latitude": float(parts["north"]), "longitude": float(parts["east"])}
    except (KeyError, ValueError):
        return {}


def _coverage(gathering: Gathering, value: Value) -> None:
    if re.search(r"\b(?:east|north|northlimit)\s*=", value.line):
        kind = "place"
    elif re.search(r"\b(?:start|end)\s*=", value.line):
        kind = "time"
    else:
        kind = "time" if _PERIOD.search(value.line) or _is_date(value.line) else "place"
    _subject(gathering, value, kind)


def _is_date(text: str) -> bool:
    return any(letter.isdecimal() for letter in text) and dates.read(text).edtf is not None


def _description(gathering: Gathering, value: Value) -> None:
    if gathering.stated.get("abstracts"):
        _note(gathering, value)
    else:
        _local_text(gathering, value, "abstracts")


def _local_text(gathering: Gathering, value: Value, field: str) -> None:
    gathering.add(field, {"text": value.text, "language": value.language})


def _note(gathering: Gathering, value: Value, kind: str | None = None) -> None:
    gathering.add("notes", {"text": value.text, "language": value.language, "kind": kind})


def _date(gathering: Gathering, value: Value, kind: str) -> None:
    found = dates.read(value.line)
    if found.problem:
        gathering.note(value.name, found.problem, value.line)
    words = value.line if value.line != found.edtf else None
    gathering.add("dates", {"edtf": found.edtf, "text": words, "kind": kind})


def _type(gathering: Gathering, value: Value) -> None:
    terms = kinds.read(value.line)
    for term in terms:
        gathering.add("types", term)
    if not terms:
        gathering.add("genres", {"text": value.line})


def _format(gathering: Gathering, value: Value) -> None:
    gathering.add("media_types" if _MEDIA_TYPE.fullmatch(value.line) else "extents", value.line)


def _identifier(gathering: Gathering, value: Value) -> None:
    scheme = kind(value.line)
    if scheme or not is_web_address(value.line):
        gathering.add("identifiers", {"value": value.line, "kind": scheme})


def _landing_page(identifiers: Iterable[Value], gathering: Gathering) -> None:
    """State the links among the identifiers, the landing page first."""
    addresses = list(dict.fromkeys(value.line for value in identifiers if is_web_address(value.line)))
    pages = sorted((url for url in addresses if not _FILE.search(url)), key=lambda url: kind(url) is not None)
    landing = pages[0] if pages else None
    for url in addresses:
        if url == landing:
            gathering.add("links", {"url": url, "kind": "landing page"})
        elif not kind(url):
            gathering.add("links", {"url": url, "kind": "file" if _FILE.search(url) else "other"})


def _source(gathering: Gathering, value: Value) -> None:
    if not (is_web_address(value.line) and gathering.put("source", "uri", value.line)):
        _relation(gathering, value, "original")


def _citation(gathering: Gathering, value: Value) -> None:
    if not gathering.put("source", "citation", value.text):
        _note(gathering, value, "preferred citation")


def _language(gathering: Gathering, value: Value) -> None:
    if tag := languages.read(value.line):
        gathering.add("languages", tag)
    else:
        problem = f"{value.line!r} is no language that we know; write its tag or its English name, such as 'zh'"
        gathering.note(value.name, problem, value.line)
        gathering.keep(value.name, value.line)


def _relation(gathering: Gathering, value: Value, kind: str | None = None, label: str | None = None) -> None:
    if value.line.startswith(_GRANT):
        gathering.add("funding", {"award": value.line})
    elif _MANIFEST.fullmatch(value.line) and value.term in {"relation", "isReferencedBy"}:
        gathering.add("links", {"url": value.line, "kind": "manifest"})
    else:
        url = value.line if is_web_address(value.line) else None
        gathering.add("relations", {"title": value.line, "kind": kind, "label": label, "url": url})


def _rights(gathering: Gathering, value: Value) -> None:
    uri = canonical_rights_uri(value.text) or (value.text if is_web_address(value.text) else None)
    if uri and uri != value.text:
        gathering.mend(value.name, f"{value.text!r} is a page about the rights statement; taken as {uri!r}", value.text)
    name, said = ("uri", uri) if uri else ("statement", value.text)
    if not gathering.put("rights", name, said):
        _note(gathering, value, "rights")


def _of_rights(gathering: Gathering, value: Value, name: str) -> None:
    if not gathering.put("rights", name, value.text):
        _note(gathering, value, "rights")


TERMS: Mapping[str, Gather] = {
    "title": _title,
    "alternative": partial(_title, kind="alternative"),
    "creator": partial(_agent, role="cre"),
    "contributor": partial(_agent, role="ctb"),
    "publisher": partial(_agent, role="pbl"),
    "subject": _subject,
    "coverage": _coverage,
    "spatial": partial(_subject, kind="place"),
    "temporal": partial(_subject, kind="time"),
    "description": _description,
    "abstract": partial(_local_text, field="abstracts"),
    "tableOfContents": partial(_local_text, field="contents"),
    "provenance": partial(_note, kind="provenance"),
    "medium": partial(_note, kind="medium"),
    "date": partial(_date, kind="created"),
    "created": partial(_date, kind="created"),
    "issued": partial(_date, kind="issued"),
    "dateCopyrighted": partial(_date, kind="copyright"),
    "modified": partial(_date, kind="modified"),
    "valid": partial(_date, kind="valid"),
    "dateSubmitted": partial(_date, kind="uploaded"),
    "available": partial(_date, kind="other"),
    "dateAccepted": partial(_date, kind="other"),
    "type": _type,
    "format": _format,
    "extent": lambda gathering, value: gathering.add("extents", value.line),
    "identifier": _identifier,
    "source": _source,
    "bibliographicCitation": _citation,
    "language": _language,
    "relation": _relation,
    "isPartOf": partial(_relation, kind="host"),
    "isVersionOf": partial(_relation, kind="other version"),
    "hasVersion": partial(_relation, kind="other version", label="Has version"),
    "isFormatOf": partial(_relation, kind="other format"),
    "hasFormat": partial(_relation, kind="other format", label="Has format"),
    "references": partial(_relation, kind="references"),
    "replaces": partial(_relation, kind="preceding"),
    "isReplacedBy": partial(_relation, kind="succeeding"),
    "isReferencedBy": partial(_relation, label="Is referenced by"),
    "hasPart": partial(_relation, label="Has part"),
    "requires": partial(_relation, label="Requires"),
    "isRequiredBy": partial(_relation, label="Is required by"),
    "conformsTo": partial(_relation, label="Conforms to"),
    "rights": _rights,
    "license": _rights,
    "accessRights": partial(_of_rights, name="access"),
    "rightsHolder": partial(_of_rights, name="holder"),
}
"""Each term that a record has a field for; the others (audience, accrual, instruction) have none."""
