"""PDFs: their pages, labels and outline; what cannot be read is named with its remedy."""

from pathlib import Path

import pytest

from records.model import DEEPEST, Range
from records.pdf import PDF, PDFError
from tests import pdfs
from tests.pdfs import Entry, Leaf


def problem(path: Path) -> str:
    """Return why a PDF cannot be opened, or one of its pages not be read."""
    with pytest.raises(PDFError) as raised:
        sizes(path)
    return str(raised.value)


def sizes(path: Path) -> list[tuple[float, float]]:
    """Return the size of each page."""
    with PDF(path) as document:
        return [document.size(number) for number in range(1, len(document) + 1)]


def outlined(tmp_path: Path, *entries: Entry) -> tuple[Range, ...]:
    """Return the outline of a PDF of six pages."""
    with PDF(pdfs.write(tmp_path / "a.pdf", *["text"] * 6, outline=entries)) as document:
        return document.outline()


def test_pages_have_the_size_that_is_shown(tmp_path: Path) -> None:
    """Turned pages are measured as they are shown."""
    leaves = Leaf(), Leaf(box=(10, 10, 110, 60)), Leaf(rotated=90)
    assert sizes(pdfs.write(tmp_path / "a.pdf", *leaves)) == [(300, 400), (100, 50), (400, 300)]


def test_pages_are_called_what_the_pdf_calls_them(tmp_path: Path) -> None:
    """Roman numbers, then a prefix and Arabic ones; a PDF without labels has none."""
    labels = "0 << /S /r >> 2 << /P (A-) /S /D /St 7 >>"
    with PDF(pdfs.write(tmp_path / "a.pdf", *["text"] * 4, labels=labels)) as document:
        assert [document.label(number) for number in (1, 2, 3, 4)] == ["i", "ii", "A-7", "A-8"]
    with PDF(pdfs.write(tmp_path / "b.pdf", "text")) as document:
        assert document.label(1) is None


def test_an_outline_is_a_table_of_contents(tmp_path: Path) -> None:
    """An entry holds its pages until the next one begins; what begins on one page shares it."""
    found = outlined(
        tmp_path,
        Entry("Preface", 1),
        Entry("  Part\none ", 2, [Entry("Chapter 1", 2), Entry("書信", 4)]),
        Entry("Part two", 5),
    )
    assert found == (
        Range(label="Preface", pages=(1,)),
        Range(
            label="Part one",
            pages=(2,),
            ranges=(Range(label="Chapter 1", pages=(2, 3)), Range(label="書信", pages=(4,))),
        ),
        Range(label="Part two", pages=(5, 6)),
    )


def test_an_entry_that_leads_back_holds_its_page(tmp_path: Path) -> None:
    """So does the one before it: nobody knows where that ends."""
    found = outlined(tmp_path, Entry("A", 4), Entry("B", 2), Entry("C", 3))
    assert [entry.pages for entry in found] == [(4,), (2,), (3, 4, 5, 6)]


def test_entries_that_lead_nowhere_or_have_no_title(tmp_path: Path) -> None:
    """A heading over others stays, what stands below one without a title takes its place, the rest is left out."""
    found = outlined(
        tmp_path,
        Entry("Nowhere"),
        Entry("Letters", None, [Entry("First", 1)]),
        Entry(" ", 2, [Entry("Second", 3)]),
        Entry("\x01", 5),
    )
    assert found == (
        Range(label="Letters", ranges=(Range(label="First", pages=(1, 2)),)),
        Range(label="Second", pages=(3, 4, 5, 6)),
    )


def test_a_pdf_without_an_outline_has_no_table_of_contents(tmp_path: Path) -> None:
    """None is made of its headings."""
    assert outlined(tmp_path) == ()


def test_an_outline_is_read_as_deep_as_ranges_may_be(tmp_path: Path) -> None:
    """What stands deeper is left out."""
    entry = Entry("deepest", 1)
    for _ in range(DEEPEST + 3):
        entry = Entry("above", 1, [entry])
    (found,) = outlined(tmp_path, entry)
    assert found.depth == DEEPEST


def test_what_is_no_pdf_is_named(tmp_path: Path) -> None:
    """With its remedy."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing")
    assert problem(tmp_path / "a.pdf") == (
        "'a.pdf' cannot be read as a PDF; save it again as PDF, or give its pages as images"
    )


def test_a_pdf_with_a_password_is_named(tmp_path: Path) -> None:
    """With its remedy."""
    pdfs.write(tmp_path / "a.pdf", "text", trailer=pdfs.ENCRYPTED)
    assert problem(tmp_path / "a.pdf") == "'a.pdf' is protected by a password; save it without one"


def test_a_pdf_that_is_encrypted_otherwise_is_named(tmp_path: Path) -> None:
    """With its remedy."""
    pdfs.write(tmp_path / "a.pdf", "text", trailer=pdfs.ENCRYPTED.replace("/Standard", "/Other"))
    assert problem(tmp_path / "a.pdf") == (
        "'a.pdf' is encrypted in a way that cannot be read here; save it without encryption"
    )


def test_a_pdf_without_pages_is_named(tmp_path: Path) -> None:
    """With its remedy."""
    pdfs.write(tmp_path / "a.pdf")
    assert problem(tmp_path / "a.pdf") == "'a.pdf' has no pages; save it again from the program that made it"


def test_a_page_that_is_none_is_named(tmp_path: Path) -> None:
    """With its remedy."""
    pdfs.write(tmp_path / "a.pdf", "one", "two", fault="(no page)")
    assert problem(tmp_path / "a.pdf") == (
        "page 2 of 'a.pdf' cannot be read (Failed to get page size by index); save it again as PDF, or give its "
        "pages as images"
    )


def test_a_page_that_is_too_large_is_named(tmp_path: Path) -> None:
    """With its remedy; 200 inches are allowed."""
    pdfs.write(tmp_path / "a.pdf", Leaf(box=(0, 0, 14400, 200)), Leaf(box=(0, 0, 1_000_000, 200)))
    assert problem(tmp_path / "a.pdf") == (
        "page 2 of 'a.pdf' is 1000000 by 200 points, and a side may have 14,400 (5 metres); save it again with smaller "
        "pages, or give its pages as images"
    )
