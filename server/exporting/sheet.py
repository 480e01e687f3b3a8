"""Records as rows of a spreadsheet: one column for what a sheet can say, and what it cannot say is told by field."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from records.model import (
    Agent,
    Date,
    DocumentText,
    Download,
    Identifier,
    Link,
    LocalText,
    Note,
    Page,
    Range,
    Record,
    Relation,
    Statement,
    Subject,
    Term,
    Title,
)

SEPARATOR = "|"
"""What divides several values in a cell."""


class Cell(NamedTuple):
    """What a sheet says of a value.

    Attributes:
        heading: the heading of its column; empty if there is none for it.
        text: what stands there.
        whole: whether that is all that is stated.
        many: whether a cell of the column may hold several values.
    """

    heading: str
    text: str = ""
    whole: bool = True
    many: bool = True


def row(record: Record) -> tuple[dict[str, str], Counter[str]]:
    """Return the cells of a record by heading, and by field how many of its values they do not say, or not wholly.

    Args:
        record: the record as stated.
    """
    cells: dict[str, list[str]] = {"identifier": [record.identifier]}
    lost: Counter[str] = Counter()
    for field, declared in Record.model_fields.items():
        value = getattr(record, field)
        if field == "identifier" or value == declared.default:
            continue
        for number, item in enumerate(value if isinstance(value, tuple) else (value,)):
            said = field in _COLUMNS and not (number and field in _ALONE)
            for cell in _COLUMNS[field](item) if said else (_UNSAID,):
                lost[field] += not _put(cells, cell)
    return {heading: SEPARATOR.join(values) for heading, values in cells.items()}, +lost


def _put(cells: dict[str, list[str]], cell: Cell) -> bool:
    """Put a value into its column; return whether the sheet says all of it."""
    there = cells.get(cell.heading, [])
    if not cell.heading or (there and not cell.many) or (cell.many and SEPARATOR in cell.text):
        return False
    cells[cell.heading] = [*there, cell.text]
    return cell.whole and cell.text == cell.text.strip()  # blanks at the ends of a cell count as nothing


_UNSAID = Cell("")
_ALONE = frozenset({"funding"})
"""Fields of several columns, which can say one value only."""


def _says(item: Statement, *parts: str) -> bool:
    """Whether an item states nothing but these parts."""
    return item.model_dump(exclude_defaults=True).keys() <= {*parts}


def _in_language(heading: str, language: str | None) -> str:
    return f"{heading}@{language}" if language else heading


Write = Callable[[Any], Iterator[Cell]]


def _words(heading: str, *, many: bool = True) -> Write:
    def write(value: object) -> Iterator[Cell]:
        yield Cell(heading, str(value), many=many)

    return write


def _term(heading: str) -> Write:
    def write(term: Term) -> Iterator[Cell]:
        yield Cell(heading, term.text, _says(term, "text"))

    return write


def _local_text(heading: str) -> Write:
    def write(text: LocalText) -> Iterator[Cell]:
        yield Cell(_in_language(heading, text.language), text.text, many=False)

    return write


def _parts(headings: Mapping[str, str]) -> Write:
    def write(item: Statement) -> Iterator[Cell]:
        for part, value in item.model_dump(mode="json", exclude_defaults=True).items():
            yield Cell(headings.get(part, ""), str(value), many=False)

    return write


def _identifier(identifier: Identifier) -> Iterator[Cell]:
    kind = (identifier.kind or "").casefold()
    yield Cell(kind if kind in {"doi", "ark"} else "other identifier", identifier.value, kind in {"", "doi", "ark"})


_TITLES = {
    "main": "title",
    "alternative": "alternative title",
    "translated": "translated title",
    "uniform": "uniform title",
}


def _title(title: Title) -> Iterator[Cell]:
    heading = _TITLES.get(title.kind, "alternative title")
    many = title.kind != "main"
    yield Cell(_in_language(heading, title.language), title.text, title.kind in _TITLES, many)


_ROLES = {"cre": "creator", "rcp": "recipient", "ctb": "contributor", "trl": "translator"}
_KINDS = {"person": "person", "organization": "corporate_body", "family": "family", "meeting": "conference"}


def _agent(agent: Agent) -> Iterator[Cell]:
    """Say an agent in the column of its role, or with role and kind in front, as Islandora Workbench does."""
    role = next(iter(agent.roles), "")
    whole = _says(agent, "name", "roles", "kind") and len(agent.roles) < 2
    if not role:
        yield Cell("agents", agent.name, whole and not agent.kind)
    elif not agent.kind and role in _ROLES:
        yield Cell(_ROLES[role], agent.name, whole)
    else:
        kind = f"{_KINDS[agent.kind]}:" if agent.kind else ""
        whole = whole and agent.name == agent.name.lstrip()  # blanks behind a colon count as nothing
        yield Cell("agents", f"relators:{role}:{kind}{agent.name}", whole)


_DATES = {
    "created": "date",
    "issued": "date issued",
    "copyright": "date copyrighted",
    "captured": "date digitized",
    "modified": "date modified",
    "valid": "date valid",
    "uploaded": "date uploaded",
}


def _date(date: Date) -> Iterator[Cell]:
    yield Cell(_DATES.get(date.kind, ""), date.edtf or date.text or "", not (date.edtf and date.text))


def _note(note: Note) -> Iterator[Cell]:
    yield Cell(_in_language("note", note.language), note.text, not note.kind, many=False)


_SUBJECTS = {
    "topic": "subject",
    "person": "person",
    "organization": "organization",
    "place": "place",
    "time": "time",
}


def _subject(subject: Subject) -> Iterator[Cell]:
    whole = _says(subject, "text", "kind") and subject.kind in _SUBJECTS
    yield Cell(_SUBJECTS.get(subject.kind, "subject"), subject.text, whole)


def _media_type(name: str) -> Iterator[Cell]:
    yield Cell("format", name, bool(_MEDIA_TYPE.fullmatch(name)))


_MEDIA_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")
"""A media type as it is registered; a sheet has no place for other words."""

_RELATIONS = {"host": "is part of", "series": "series", "original": "source", None: "relation"}


def _relation(relation: Relation) -> Iterator[Cell]:
    whole = _says(relation, "title", "kind") and relation.kind in _RELATIONS
    yield Cell(_RELATIONS.get(relation.kind, "relation"), relation.title, whole, many=False)


def _text(text: DocumentText) -> Iterator[Cell]:
    heading = text.kind if text.kind in {"transcript", "translation"} else ""
    whole = _says(text, "kind", "language", "content")
    yield Cell(_in_language(heading, text.language) if heading else "", text.whole, whole, many=False)


def _page(page: Page) -> Iterator[Cell]:
    whole = _says(page, "file", "width", "height", "media_type")
    yield Cell("file" if page.file else "", page.file or "", whole)


def _download(download: Download) -> Iterator[Cell]:
    yield Cell("pdf", download.file, _says(download, "file"))


def _range(part: Range) -> Iterator[Cell]:
    """Say a part of the document by its pages and its name; pages that do not follow each other have no column."""
    first, last = part.pages[0] if part.pages else 0, part.pages[-1] if part.pages else 0
    row = bool(part.pages) and part.pages == tuple(range(first, last + 1))
    span = f"{first}" if first == last else f"{first}-{last}"
    yield Cell("structure" if row else "", f"{span} {part.label}", _says(part, "label", "pages"))


_LINKS = {
    "landing page": "landing page",
    "manifest": "manifest",
    "preview": "preview",
    "finding aid": "finding aid",
    "other": "link",
}


def _link(link: Link) -> Iterator[Cell]:
    yield Cell(_LINKS.get(link.kind, ""), link.url, _says(link, "url", "kind"))


_FUNDING = {
    "acknowledgment": "funding acknowledgment",
    "funder": "funder",
    "identifier": "funder identifier",
    "award": "award",
}
_RIGHTS = {
    "statement": "rights",
    "uri": "rights uri",
    "holder": "rights holder",
    "contact": "rights contact",
    "access": "access",
    "classification": "classification",
}
_SOURCE = {
    "repository": "repository",
    "collection": "source collection",
    "shelfmark": "shelfmark",
    "citation": "citation",
}

_COLUMNS: dict[str, Write] = {
    "oai_identifier": _words("oai identifier", many=False),
    "identifiers": _identifier,
    "titles": _title,
    "agents": _agent,
    "dates": _date,
    "types": _words("type"),
    "genres": _term("genre"),
    "places_of_origin": _term("place of origin"),
    "edition": _words("edition", many=False),
    "languages": _words("language"),
    "original_languages": _words("original language"),
    "abstracts": _local_text("abstract"),
    "contents": _local_text("contents"),
    "notes": _note,
    "subjects": _subject,
    "source": _parts(_SOURCE),
    "extents": _words("extent"),
    "media_types": _media_type,
    "digital_origin": _words("digital origin", many=False),
    "collections": _words("collection"),
    "relations": _relation,
    "rights": _parts(_RIGHTS),
    "funding": _parts(_FUNDING),
    "provider": _parts({"name": "provider"}),
    "texts": _text,
    "pages": _page,
    "structures": _range,
    "downloads": _download,
    "viewing_direction": _words("viewing direction", many=False),
    "links": _link,
    "visibility": _words("visibility", many=False),
    "embargoed_until": _words("embargo", many=False),
}
"""The field of a record to what says it in columns; fields that are not here a sheet cannot say."""
