"""PDFs for tests, written by hand: pages with text, page labels, an outline."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

FONTS = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
    "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)
"""Objects 2 to 5: fonts that every program has."""


class Entry(NamedTuple):
    """An entry of an outline: what it says, the page that it leads to (counted from 1), what stands below it."""

    title: str
    page: int | None = None
    below: Sequence["Entry"] = ()


@dataclass(frozen=True)
class Leaf:
    """A page.

    Attributes:
        lines: its lines, each with the points from the left and from the bottom where it begins.
        box: left, bottom, right and top of the page, in points.
        rotated: by how many degrees it is shown turned, clockwise.
        mode: how text is drawn: 0 filled, 3 not at all.
        before: operators before the text.
    """

    lines: Sequence[tuple[int, int, str]] = ()
    box: tuple[float, float, float, float] = (0, 0, 300, 400)
    rotated: int = 0
    mode: int = 0
    before: str = ""


def write(
    path: Path, *leaves: Leaf | str, outline: Sequence[Entry] = (), labels: str = "", trailer: str = "", fault: str = ""
) -> Path:
    """Write a PDF.

    Args:
        path: the file.
        leaves: its pages; a text alone stands on one line.
        outline: its outline.
        labels: a number tree of page labels (ISO 32000-1, 12.4.2).
        trailer: more for the trailer.
        fault: takes the place of the last page.
    """
    objects = ["", *FONTS]
    pages = [_page(objects, Leaf([(30, 350, leaf)]) if isinstance(leaf, str) else leaf) for leaf in leaves]
    if fault:
        objects[pages[-1] - 1] = fault
    tree = _added(
        objects, f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{page} 0 R' for page in pages)}] >>"
    )
    more = f"/PageLabels << /Nums [{labels}] >>" if labels else ""
    if outline:
        root = _added(objects, "")
        objects[root - 1] = f"<< /Type /Outlines {_entries(objects, root, outline, pages)} >>"
        more += f" /Outlines {root} 0 R"
    objects[0] = f"<< /Type /Catalog /Pages {tree} 0 R {more} >>"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_file(objects, trailer))
    return path


def _file(objects: Sequence[str], trailer: str) -> bytes:
    """Return a PDF of objects, the first of them the catalog, with the table of where each begins."""
    body, table = "%PDF-1.7\n", "0000000000 65535 f \n"
    for number, text in enumerate(objects, 1):
        table += f"{len(body):010} 00000 n \n"
        body += f"{number} 0 obj\n{text}\nendobj\n"
    size = len(objects) + 1
    end = f"trailer\n<< /Root 1 0 R /Size {size} {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n{table}{end}".encode("latin-1")


def _added(objects: list[str], text: str) -> int:
    objects.append(text)
    return len(objects)


def _page(objects: list[str], leaf: Leaf) -> int:
    shown = "".join(f"1 0 0 1 {x} {y} Tm {_shown(line)}\n" for x, y, line in leaf.lines)
    content = f"{leaf.before}\nBT {leaf.mode} Tr\n{shown}ET"
    stream = _added(objects, f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _added(
        objects,
        f"<< /Type /Page /MediaBox [{' '.join(map(str, leaf.box))}] /Rotate {leaf.rotated} /Contents {stream} 0 R "
        f"/Resources << /Font << /F1 2 0 R /F2 3 0 R >> >> >>",
    )


def _shown(line: str) -> str:
    """Return the operators that show a line: in Helvetica, or in a font of the Chinese script."""
    try:
        return f"/F1 12 Tf <{line.encode('cp1252').hex()}> Tj"
    except UnicodeEncodeError:
        return f"/F2 12 Tf <{line.encode('utf-16-be').hex()}> Tj"


def _entries(objects: list[str], above: int, entries: Sequence[Entry], pages: Sequence[int]) -> str:
    numbers = [_added(objects, "") for _entry in entries]
    for place, (number, entry) in enumerate(zip(numbers, entries, strict=True)):
        led = f"/Dest [{pages[entry.page - 1]} 0 R /Fit]" if entry.page else ""
        after = f"/Next {numbers[place + 1]} 0 R" if place + 1 < len(numbers) else ""
        below = _entries(objects, number, entry.below, pages) if entry.below else ""
        title = f"feff{entry.title.encode('utf-16-be').hex()}"
        objects[number - 1] = f"<< /Title <{title}> /Parent {above} 0 R {led} {after} {below} >>"
    return f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R"


ENCRYPTED = (
    f"/ID [<{'00' * 16}> <{'00' * 16}>] "
    f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <{'11' * 32}> /U <{'22' * 32}> >>"
)
"""For the trailer of a PDF that nobody has the password of."""
