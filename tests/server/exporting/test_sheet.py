"""Rows of a spreadsheet: each value stands in its column or is told to be lost, never neither."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from records.model import Record
from server.exporting import sheet
from tests.benchmarks.varied_records import varied_records


def row(**fields: Any) -> tuple[dict[str, str], dict[str, int]]:  # noqa: ANN401 - any field of a record
    """Return the cells of a record beside its identifier and title, and what is lost."""
    cells, lost = sheet.row(Record.model_validate({"identifier": "a", "titles": [{"text": "T"}], **fields}))
    assert (cells.pop("identifier"), cells.pop("title")) == ("a", "T")
    return cells, dict(lost)


def test_a_letter_is_a_row() -> None:
    """What staff state of most documents has a column."""
    cells, lost = row(
        agents=[{"name": "A", "roles": ["cre"]}, {"name": "B", "roles": ["rcp"]}, {"name": "C", "roles": ["cre"]}],
        dates=[{"edtf": "1965-03-02"}, {"text": "spring", "kind": "issued"}],
        languages=["en", "zh"],
        abstracts=[{"text": "Sum", "language": "de"}],
        subjects=[{"text": "families"}, {"text": "Wien", "kind": "place"}],
        source={"repository": "Town Archive", "shelfmark": "3"},
        rights={"statement": "Ask | us", "uri": "http://rightsstatements.org/vocab/InC/1.0/"},
        funding=[{"acknowledgment": "Thanks", "funder": "F"}],
        texts=[{"content": "Dear\nfriend", "language": "en"}],
        visibility="hidden",
        embargoed_until="2050-01-01",
        identifiers=[{"value": "10.1/x", "kind": "DOI"}, {"value": "7"}],
        links=[{"url": "https://archive.example.org/a", "kind": "landing page"}],
    )
    assert lost == {}
    assert cells == {
        "doi": "10.1/x",
        "other identifier": "7",
        "creator": "A|C",
        "recipient": "B",
        "date": "1965-03-02",
        "date issued": "spring",
        "language": "en|zh",
        "abstract@de": "Sum",
        "subject": "families",
        "place": "Wien",
        "repository": "Town Archive",
        "shelfmark": "3",
        "rights": "Ask | us",
        "rights uri": "http://rightsstatements.org/vocab/InC/1.0/",
        "funding acknowledgment": "Thanks",
        "funder": "F",
        "transcript@en": "Dear\nfriend",
        "landing page": "https://archive.example.org/a",
        "visibility": "hidden",
        "embargo": "2050-01-01",
    }


def test_kinds_and_roles_stand_in_front_of_a_name() -> None:
    """As Islandora Workbench writes them; a second role, an authority and a kind without a role are lost."""
    agents = [
        {"name": "A", "roles": ["pht"], "kind": "organization"},
        {"name": "B", "roles": ["edt"]},
        {"name": "C", "roles": ["cre", "pht"], "uri": "https://viaf.org/1"},
        {"name": "D", "kind": "person"},
        {"name": "E"},
    ]
    assert row(agents=agents) == (
        {"agents": "relators:pht:corporate_body:A|relators:edt:B|D|E", "creator": "C"},
        {"agents": 2},
    )


def test_parts_of_a_document_and_its_pdf_have_columns() -> None:
    """A range of pages that follow each other; what holds ranges, or names pages here and there, is told to be lost."""
    parts = [{"label": "First letter", "pages": [1, 2, 3]}, {"label": "Enclosure", "pages": [4]}]
    assert row(structures=parts, downloads=[{"file": "1.pdf"}]) == (
        {"structure": "1-3 First letter|4 Enclosure", "pdf": "1.pdf"},
        {},
    )
    lost = [
        {"label": "A", "pages": [1, 3]},
        {"label": "B", "pages": [1], "ranges": parts},
        {"label": "C", "ranges": parts},
    ]
    assert row(structures=lost, downloads=[{"file": "1.pdf", "label": "L"}]) == (
        {"structure": "1 B", "pdf": "1.pdf"},
        {"structures": 3, "downloads": 1},
    )


def test_what_a_sheet_cannot_say_is_counted() -> None:
    """A second value where there is one, the separator in a list, a part without a column, a field without any."""
    cells, lost = row(
        languages=["en"],
        extents=["1 | 2", "3"],
        notes=[{"text": "N"}, {"text": "O"}],
        funding=[{"funder": "F"}, {"award": "1"}],
        source={"repository": "R", "uri": "https://archive.example.org/"},
        dates=[{"edtf": "1965", "text": "about then"}, {"edtf": "1966", "kind": "other"}],
        genres=[{"text": "letters", "uri": "https://vocab.example.org/1"}],
        behaviors=["paged"],
        media_types=["image/jpeg", "JPEG"],
        edition=" 2nd",
        unmapped={"x": ["y"]},
        texts=[{"pages": [{"page": 1, "content": "one"}, {"page": 2, "content": "two"}]}],
    )
    assert cells == {
        "language": "en",
        "extent": "3",
        "format": "image/jpeg|JPEG",
        "edition": " 2nd",
        "note": "N",
        "funder": "F",
        "repository": "R",
        "date": "1965",
        "genre": "letters",
        "transcript": "one\n\ntwo",
    }
    assert lost == {
        "extents": 1,
        "media_types": 1,
        "edition": 1,
        "notes": 1,
        "funding": 1,
        "source": 1,
        "dates": 2,
        "genres": 1,
        "behaviors": 1,
        "unmapped": 1,
        "texts": 1,
    }


@given(st.integers(min_value=0))
def test_each_field_is_said_or_lost(seed: int) -> None:
    """Whatever a record states: its fields are there in cells, or are counted."""
    for each in varied_records(3, seed):
        record = Record.model_validate(each)
        cells, lost = sheet.row(record)
        assert cells["identifier"] == record.identifier
        for field in record.model_dump(exclude_defaults=True).keys() - {"identifier"}:
            value = getattr(record, field)
            alone, _lost = sheet.row(
                record.model_copy(
                    update=dict.fromkeys(Record.model_fields, ())
                    | {
                        "identifier": record.identifier,
                        "visibility": "public",
                        "unmapped": {},
                        field: value,
                    }
                )
            )
            assert len(alone) > 1 or lost[field], field
