"""Values of cells put where they belong in a record. What is wrong is told, and kept as `unmapped`."""

import difflib
import re
from datetime import datetime
from pathlib import PurePosixPath

from pydantic import TypeAdapter

from records import identifiers, pdf
from records.model import DCMI_TYPES, FUNDERS, MODS_TYPES
from records.readers.sheets.draft import Draft, Put, RefusedError, Value
from records.rights_uris import RIGHTS_STATEMENTS, canonical_rights_uri
from records.values import IMAGE_ENDINGS, OAI_IDENTIFIER, URI, RightsURI, WebURI, is_set_spec
from records.written import dates, languages

PAGES = IMAGE_ENDINGS | {pdf.ENDING}
"""Endings of files that can hold pages."""

PLACE, FUNDER_NAMES, FUNDER_IDENTIFIERS, ALT_TEXT = (
    "latitude and longitude",
    "funders",
    "funder identifiers",
    "alt text",
)
"""What a draft holds until all cells are read: parts of a record that have to find each other."""

_WEB: TypeAdapter[str] = TypeAdapter(WebURI)
_URI: TypeAdapter[str] = TypeAdapter(URI)
_RIGHTS: TypeAdapter[str] = TypeAdapter(RightsURI)
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"(application|audio|font|image|message|model|multipart|text|video)/[A-Za-z0-9.+_-]+")


# Identifiers.


def identifier(draft: Draft, value: Value) -> None:
    """Name the record; a foreign identifier is made a local one, and kept.

    Raises:
        RefusedError: nothing of it can stand in an address.
    """
    local = identifiers.local(value.text)
    if not local:
        raise RefusedError(draft.fault(value, f"{value.quoted} has no letter or digit; write for example 'letter-1'"))
    draft.form["identifier"] = local
    if local != value.text:
        draft.add("identifiers", {"value": value.text})


def other_identifier(kind: str | None) -> Put:
    """Return what adds another identifier, of a kind."""
    return lambda draft, value: draft.add("identifiers", {"value": value.text, "kind": kind})


def oai_identifier(draft: Draft, value: Value) -> None:
    """Keep the OAI identifier that a record has already.

    Raises:
        RefusedError: it is none; harvesters would take the record for another one.
    """
    if not OAI_IDENTIFIER.fullmatch(value.text):
        problem = f"{value.quoted} is no OAI identifier; write one such as 'oai:archive.example.org:letter-1'"
        raise RefusedError(draft.fault(value, problem))
    draft.form["oai_identifier"] = value.text


# Texts and words.


def title(kind: str) -> Put:
    """Return what adds a title; the first main one names the record."""
    return lambda draft, value: draft.add("titles", {"text": value.text, "language": value.language, "kind": kind})


def local_text(name: str) -> Put:
    """Return what adds a text in a language."""
    return lambda draft, value: draft.add(name, {"text": value.text, "language": value.language})


def note(draft: Draft, value: Value) -> None:
    """Add a note."""
    draft.add("notes", {"text": value.text, "language": value.language})


def term(name: str) -> Put:
    """Return what adds a word to a list of terms."""
    return lambda draft, value: draft.add(name, {"text": value.text})


def listed(name: str) -> Put:
    """Return what adds a text to a list."""
    return lambda draft, value: draft.add(name, value.text)


def single(name: str) -> Put:
    """Return what states a field that is one text."""
    return lambda draft, value: draft.state_alone(name, value, value.text)


def part(name: str, inner: str) -> Put:
    """Return what states a part of a field."""
    return lambda draft, value: draft.state(name, inner, value)


def relation(kind: str | None) -> Put:
    """Return what adds another resource, named in words."""
    return lambda draft, value: draft.add("relations", {"title": value.text, "kind": kind})


def text(kind: str) -> Put:
    """Return what adds the text of the document; the name of a file is none."""

    def put(draft: Draft, value: Value) -> None:
        if re.fullmatch(r"(/|https?://)\S+\.\w{2,5}|[\w./-]+\.(txt|csv|vtt|xml|html?|pdf)", value.text):
            draft.keep(value, f"{value.quoted} names a file, which is not read; write the text into the cell")
        else:
            draft.add("texts", {"kind": kind, "language": value.language, "content": value.text})

    return put


def kept(draft: Draft, value: Value) -> None:
    """Keep what concerns other programs alone."""
    draft.keep(value)


def another_parent(draft: Draft, value: Value) -> None:
    """Keep what a second column says of where a row belongs."""
    draft.keep(value, f"{value.quoted} is kept and shown nowhere: another column names parents; leave one of the two")


def _chosen(draft: Draft, value: Value, allowed: tuple[str, ...], what: str) -> str | None:
    """Return the word out of a list that a value is; None where it is none, which is told, and the value kept."""
    word = next((word for word in allowed if word.casefold() == value.text.casefold()), None)
    if word is None:
        near = difflib.get_close_matches(value.text.casefold(), allowed, n=1)
        remedy = repr(near[0]) if near else ", ".join(map(repr, allowed))
        draft.keep(value, f"{value.quoted} is no {what}; write {remedy}")
    return word


# Dates, languages, types.


def date(kind: str) -> Put:
    """Return what adds a date of a kind: as EDTF, with its words where they say it otherwise, or its words alone."""

    def put(draft: Draft, value: Value) -> None:
        edtf, problem = dates.read(value.text)
        words = None if edtf == value.text else value.text
        draft.add("dates", {"edtf": edtf, "text": words, "kind": kind})
        if problem:
            draft.note(value, problem)

    return put


def language(name: str) -> Put:
    """Return what adds a language."""

    def put(draft: Draft, value: Value) -> None:
        if tag := languages.read(value.text):
            draft.add(name, tag)
        else:
            draft.keep(
                value, f"{value.quoted} is no language that we know; write a tag such as 'en', or its name in English"
            )

    return put


def kind(draft: Draft, value: Value) -> None:
    """State the type in a word of DCMI or MODS; any other word is a genre."""
    plain = re.sub(r"[\s_-]+", "", value.text).casefold()
    dcmi = next((name for name in DCMI_TYPES if name.casefold() == plain), None)
    mods = next((name for name in MODS_TYPES if name == value.text.casefold()), None)
    if dcmi or mods:
        draft.add("types", mods or dcmi)
    else:
        draft.add("genres", {"text": value.text})


def media_type(draft: Draft, value: Value) -> None:
    """Add a media type; anything else is none."""
    if _MEDIA_TYPE.fullmatch(value.text):
        draft.add("media_types", value.text)
    else:
        draft.keep(
            value,
            f"{value.quoted} is no media type; write one such as 'image/jpeg', or put what describes the object into "
            f"the column 'extent' or 'genre'",
        )


def digital_origin(draft: Draft, value: Value) -> None:
    """State how the digital form came to be."""
    words = ("born digital", "reformatted digital", "digitized microfilm", "digitized other analog")
    if word := _chosen(draft, value, words, "digital origin"):
        draft.state_alone("digital_origin", value, word)


def direction(draft: Draft, value: Value) -> None:
    """State the viewing direction."""
    words = ("left-to-right", "right-to-left", "top-to-bottom", "bottom-to-top")
    if word := _chosen(draft, value, words, "viewing direction"):
        draft.state_alone("viewing_direction", value, word)


# Subjects and places.


_VOCABULARIES = {
    "subject": "topic",
    "person": "person",
    "corporate_body": "organization",
    "family": "family",
    "conference": "meeting",
    "geo_location": "place",
    "temporal": "time",
    "genre": "genre",
}
"""Vocabularies of Islandora to kinds of subjects."""


def subject(kind: str) -> Put:
    """Return what adds a subject of a kind; `geo_location:Vienna` (Islandora Workbench) says by itself which it is."""

    def put(draft: Draft, value: Value) -> None:
        vocabulary, _, name = value.text.partition(":")
        if vocabulary in _VOCABULARIES and name and not name[0].isspace():
            draft.add("subjects", {"text": name, "kind": _VOCABULARIES[vocabulary]})
        else:
            draft.add("subjects", {"text": value.text, "kind": kind})

    return put


def coverage(draft: Draft, value: Value) -> None:
    """Add a time if it is a date, else a place: Dublin Core has one word for both."""
    draft.add("subjects", {"text": value.text, "kind": "time" if dates.read(value.text).edtf else "place"})


def degrees(name: str, most: int) -> Put:
    """Return what takes a latitude or longitude."""

    def put(draft: Draft, value: Value) -> None:
        number = _number(value.text)
        if number is None or abs(number) > most:
            problem = f"{value.quoted} is no {name}; write degrees between -{most} and {most} with a point: 48.2082"
            draft.keep(value, problem)
        else:
            draft.state(PLACE, name, value)

    return put


def coordinates(draft: Draft, value: Value) -> None:
    """Take latitude and longitude out of one cell."""
    found = [_number(number) for number in value.text.split(",")]
    if len(found) == 2 and found[0] is not None and found[1] is not None and abs(found[0]) <= 90 >= abs(found[1]) / 2:
        for name, number in zip(("latitude", "longitude"), value.text.split(","), strict=True):
            draft.state(PLACE, name, value._replace(text=number.strip()))
    else:
        draft.keep(value, f"{value.quoted} is no latitude and longitude; write degrees such as '48.2082, 16.3738'")


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\s*[+-]?\d{1,3}(\.\d{1,20})?\s*", text, re.ASCII) else None


def place_found(draft: Draft, headings: dict[str, str]) -> None:
    """Give the latitude and longitude to the place that they belong to; without any they are one themselves."""
    stated = draft.form.pop(PLACE, None)
    if not stated:
        return
    places = [item for item in draft.form.get("subjects", []) if item["kind"] == "place"]
    if len(stated) == 2 and len(places) <= 1:
        numbers = {name: float(text) for name, text in stated.items()}
        if places:
            places[0].update(numbers)
        else:
            draft.add("subjects", {"text": f"{stated['latitude']}, {stated['longitude']}", "kind": "place", **numbers})
        return
    problem = (
        "stands alone; write latitude and longitude both"
        if len(stated) == 1
        else f"may belong to any of the {len(places)} places; name one place in the row"
    )
    for name, text in stated.items():
        draft.keep(Value(headings.get(name, name), text), f"{text!r} {problem}")


# Rights and funding.


def rights(draft: Draft, value: Value) -> None:
    """State the rights, word for word; a cell that is the URI of a known statement and nothing else is that URI."""
    if canonical_rights_uri(value.text):
        rights_uri(draft, value)
    else:
        draft.state("rights", "statement", value)


def rights_uri(draft: Draft, value: Value) -> None:
    """State the rights URI in its canonical form; words in its place stay words."""
    if canonical := canonical_rights_uri(value.text):
        if canonical != value.text:
            draft.mend(value, f"{value.quoted} is a web page about the rights statement; its URI is {canonical!r}")
        draft.state("rights", "uri", value, canonical)
    elif _ADDRESS.match(value.text):
        if uri := draft.checked(_RIGHTS, value):
            draft.state("rights", "uri", value, uri)
    else:
        if uri := _named(value.text):
            draft.note(value, f"{value.quoted} names a rights statement and stays text; write its URI, {uri!r}")
        draft.state("rights", "statement", value)


def _named(text: str) -> str:
    """Return the URI of the rights statement that is called so; empty if none is."""
    code = next(
        (code for code, label in RIGHTS_STATEMENTS.items() if text.casefold() in {label.casefold(), code.casefold()}),
        "",
    )
    return f"http://rightsstatements.org/vocab/{code}/1.0/" if code else ""


def funder(draft: Draft, value: Value) -> None:
    """Name a funder."""
    draft.add(FUNDER_NAMES, value.text)


def funder_identifier(draft: Draft, value: Value) -> None:
    """Identify a funder."""
    if uri := draft.checked(_URI, value):
        draft.add(FUNDER_IDENTIFIERS, value._replace(text=uri))


def funding_found(draft: Draft) -> None:
    """Put together what is stated of funders; the acknowledgment and the award go with the first."""
    names = draft.form.pop(FUNDER_NAMES, [])
    given: list[Value] = draft.form.pop(FUNDER_IDENTIFIERS, [])
    stated = draft.form.pop("funding", {})
    if given and len(given) != max(1, len(names)):
        for value in given:
            problem = f"{value.quoted} may be of any of the {len(names)} funders; write one identifier for each"
            draft.keep(value, problem)
        given = []
    for number in range(max(len(names), len(given), 1 if stated else 0)):
        item = dict(stated) if number == 0 else {}
        item |= {"funder": names[number]} if number < len(names) else {}
        item |= {"identifier": given[number].text} if number < len(given) else {}
        draft.add("funding", item)


# Links and pages.


def link(kind: str) -> Put:
    """Return what adds a web address of a kind."""

    def put(draft: Draft, value: Value) -> None:
        if url := draft.checked(_WEB, value):
            draft.add("links", {"url": url, "kind": kind})

    return put


def preview(draft: Draft, value: Value) -> None:
    """Add the web address of a small image; the name of a file is kept, since small images are made here."""
    if _ADDRESS.match(value.text):
        link("preview")(draft, value)
    else:
        draft.keep(value)


def file(draft: Draft, value: Value) -> None:
    """Add page images that lie beside the sheet, or what is on the web already."""
    remedy = "is no page image, it is kept and not shown; name images (JPEG, PNG, TIFF) or a PDF, or the web address"
    _put_file(draft, value, "pages", PAGES, f"{value.quoted} {remedy} of the file")


def download(draft: Draft, value: Value) -> None:
    """Add a PDF of the whole that lies beside the sheet, or what is on the web already."""
    problem = f"{value.quoted} is no PDF, it is kept and not shown; name a PDF, or the web address of the file"
    _put_file(draft, value, "downloads", frozenset({pdf.ENDING}), problem)


def _put_file(draft: Draft, value: Value, field: str, endings: frozenset[str], problem: str) -> None:
    if _ADDRESS.match(value.text):
        link("file")(draft, value)
        return
    name = value.text.replace("\\", "/").lstrip("/")
    if PurePosixPath(name).suffix.lower() not in endings:
        draft.keep(value, problem)
        return
    if name != value.text:
        draft.mend(value, f"{value.quoted} is read as {name!r}, in the folder of the sheet")
    draft.add(field, {"file": name})


def part_of_document(draft: Draft, value: Value) -> None:
    """Add an entry of the table of contents: its pages, then its name."""
    found = _PART.fullmatch(value.text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not found or not 0 < first <= last:
        draft.keep(value, f"{value.quoted} does not begin with pages; write '1-3 First letter', or '4 Enclosure'")
        return
    draft.add("structures", {"label": found[3], "pages": list(range(first, last + 1))})


_PART = re.compile(r"([0-9]{1,5})(?:\s*[-–]\s*([0-9]{1,5}))?[\s.:]+(\S.*)", re.ASCII | re.DOTALL)


def alt_text(draft: Draft, value: Value) -> None:
    """Take what the image shows."""
    draft.form[ALT_TEXT] = value


def alt_text_found(draft: Draft) -> None:
    """Give what the image shows to the one page that there is."""
    value: Value | None = draft.form.pop(ALT_TEXT, None)
    pages = draft.form.get("pages", [])
    if value and len(pages) == 1:
        pages[0]["description"] = value.text
    elif value:
        draft.keep(value)


# Who may see it, and where it belongs.


def collection(draft: Draft, value: Value) -> None:
    """Put the record into a set; words that cannot name a set name the collection that it is of."""
    if is_set_spec(value.text) and value.text.partition(":")[0] != FUNDERS:
        draft.add("collections", value.text)
        return
    if value.text.partition(":")[0] == FUNDERS:
        draft.keep(value, f"{value.quoted} begins with a word for sets of funders; name the collection otherwise")
        return
    spec = re.sub(r"-+", "-", re.sub(r"[^a-z0-9:]+", "-", identifiers.local(value.text).lower())).strip("-")
    draft.add("relations", {"title": value.text, "kind": "host"})
    draft.note(
        value,
        f"{value.quoted} cannot be the name of a set, it is kept as what the record is part of; write a name as in "
        f"collections.toml" + (f", such as {spec!r}" if spec else ""),
    )


_SHOWN = {
    **dict.fromkeys(("public", "open", "published", "yes", "true", "1"), "public"),
    **dict.fromkeys(("hidden", "private", "restricted", "unpublished", "no", "false", "0"), "hidden"),
    "deleted": "deleted",
}


def is_public(text: str) -> bool:
    """Whether a cell says that everybody may see what it is about."""
    return _SHOWN.get(text.casefold()) == "public"


def visibility(draft: Draft, value: Value) -> None:
    """State who may see the record.

    Raises:
        RefusedError: it cannot be told, and what should be hidden must not be shown.
    """
    shown = _SHOWN.get(value.text.casefold())
    if shown is None:
        problem = f"{value.quoted} does not tell who may see the record; write 'public', 'hidden' or 'deleted'"
        raise RefusedError(draft.fault(value, problem))
    draft.form["visibility"] = shown


def embargo(draft: Draft, value: Value) -> None:
    """Hide the record until a day.

    Raises:
        RefusedError: it is no day, and what should be hidden must not be shown.
    """
    try:
        draft.form["embargoed_until"] = datetime.strptime(value.text, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007
    except ValueError:
        problem = f"{value.quoted} is no day that exists; write the day on which the record may be shown as YYYY-MM-DD"
        raise RefusedError(draft.fault(value, problem)) from None
