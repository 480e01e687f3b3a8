"""Page images and PDFs: found beside the input, measured, copied or drawn into the media folder."""

import filecmp
import re
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PIL import Image, features

from records import pdf
from records.errors import Fault, RecordError
from records.model import Download, Page, Record
from records.ocr.page import Scan
from records.pdf import PDFError
from records.values import IMAGE_ENDINGS, PYRAMID
from server import pdf_pages
from server.arrivals import Arrival

SHOWN_AS_THEY_ARE = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
"""Image formats that every browser shows, and the ending of their files; others are copied as JPEG."""

ENDINGS = IMAGE_ENDINGS | {pdf.ENDING}
"""Endings of files that hold pages."""

NEEDS = {"JPEG2000": ("jpg_2000", "OpenJPEG"), "WEBP": ("webp", "WebP"), "TIFF": ("libtiff", "LibTIFF")}
"""Formats that Pillow reads with a library of their own: what Pillow calls it, and its name."""

_TILE_WIDTH, _SUB_IFDS = 322, 330
"""Tags of a TIFF: its image stands there in tiles, smaller copies of it below it (TIFF 6.0; Adobe PageMaker 6.0)."""

_SUBFILE, _NO_PAGE = 254, 0b101
"""The tag of a TIFF that says what an image of it is, and its bits for a smaller copy and a mask (TIFF 6.0)."""

UNREADABLE = (
    *(OSError, Image.DecompressionBombError, ValueError, TypeError, SyntaxError, struct.error, LookupError),
    *(EOFError, ArithmeticError),
)  # fmt: skip
"""What Pillow raises over broken images."""


Image.MAX_IMAGE_PIXELS = 500_000_000
"""Pixels that an archive's own scan may have; Pillow refuses twice as many."""


class ImageError(Exception):
    """A page image cannot be taken; says why, and the remedy."""


class Source(NamedTuple):
    """Where a page of a record comes from.

    Attributes:
        page: the page as it is stated, or as it was found beside the input.
        path: the file of its image; None if that is on the web.
        scan: what is known of the image; None if nothing is.
    """

    page: Page
    path: Path | None
    scan: Scan | None


class _Frame(NamedTuple):
    """An image in a file: its place there, its size."""

    place: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Media:
    """The folder of page images, and of PDFs.

    Attributes:
        folder: where they are kept, one folder for each record.
    """

    folder: Path

    def path(self, identifier: str, page: Page | Download) -> Path:
        """Return where a page image of a record is kept, or a PDF of it."""
        return self.folder / identifier / Path(str(page.file)).name

    def take(
        self, record: Record, source: Path, arrival: Arrival | None = None
    ) -> tuple[Record, list[Source]] | RecordError:
        """Return the record with its page images measured, and where each page comes from.

        Images are those that the record names, relative to the input's folder; a record that names no page takes the
        images of a folder beside the input that bears its identifier, else the pages of the PDFs there. A TIFF or a PDF
        of several pages is as many pages. A PDF is kept, and offered as a download; its outline is the table of
        contents of a record that states none.

        Args:
            record: the record as it was read.
            source: the file that it was read from.
            arrival: takes copies of the images; without it they are only measured.

        Returns:
            That, or an error that names each page whose image cannot be taken.
        """
        pages, offered = _stated_or_beside(record, source.parent)
        taken: list[Page] = []
        sources: list[Source] = []
        faults: list[Fault] = []
        for number, page in enumerate(pages):
            try:
                for path, one, scan in _take(len(taken), page, source.parent, arrival):
                    taken.append(one)
                    sources.append(Source(page, path, scan))
            except (ImageError, PDFError) as error:
                faults.append(Fault(f"pages.{number}.file", str(error)))
        offered += dict.fromkeys(filter(None, map(_pdf_of, sources)))
        downloads, wrong = _downloads(offered, source.parent, arrival)
        if faults or wrong:
            return RecordError(str(source), "", record.identifier, (*faults, *wrong))
        paths = [each.path for each in sources]
        found = {
            "pages": tuple(taken),
            "downloads": downloads,
            "structures": () if record.structures else pdf_pages.structures(paths),
        }
        return record.model_copy(update={name: value for name, value in found.items() if value}), sources


def _downloads(
    offered: Sequence[Download], folder: Path, arrival: Arrival | None
) -> tuple[tuple[Download, ...], list[Fault]]:
    """Return the PDFs of a record as they are kept, each once, and what is wrong with others."""
    taken: dict[Path, Download] = {}
    faults: list[Fault] = []
    for number, download in enumerate(offered):
        try:
            path = inside(folder, download.file)
            if path in taken:
                continue
            kept = download.model_copy(update={"file": f"{len(taken) + 1}{pdf.ENDING}"})
            pdf_pages.check(path)
            if arrival:
                _copy(path, arrival, str(kept.file), None)
            taken[path] = kept
        except (ImageError, PDFError) as error:
            faults.append(Fault(f"downloads.{number}.file", str(error)))
    return tuple(taken.values()), faults


def _take(
    before: int, page: Page, folder: Path, arrival: Arrival | None
) -> Iterator[tuple[Path | None, Page, Scan | None]]:
    """Yield the pages of an image, each with its file and its size."""
    if page.file is None:
        scan = Scan(page.width, page.height) if page.width and page.height else None
        yield None, page.model_copy(update={"ocr": None}), scan
        return
    path = inside(folder, page.file)
    if path.suffix.lower() == pdf.ENDING:
        for one, drawn in pdf_pages.take(path, page, before, arrival):
            if arrival:
                arrival.drop(_former(str(one.file)))
            yield path, one, drawn
        return
    kind, frames = _measured(path)
    shown = PYRAMID if kind == "TIFF" and _is_pyramid(path, frames) else SHOWN_AS_THEY_ARE.get(kind)
    for number, frame in enumerate(frames, start=1):
        name = f"{before + number}.{shown or 'jpg'}"
        if arrival:
            _copy(path, arrival, name, None if shown else frame.place)
            arrival.drop(_former(name))
        stated = {
            "file": name,
            "ocr": None,
            "width": frame.width,
            "height": frame.height,
            "media_type": f"image/{kind.lower()}" if shown else "image/jpeg",
        }
        yield path, page.model_copy(update=stated), Scan(frame.width, frame.height, number, len(frames))


def _stated_or_beside(record: Record, folder: Path) -> tuple[tuple[Page, ...], list[Download]]:
    """Return the pages of a record, and the PDFs that are offered beside them.

    Where it states no pages, they are the images in the folder that bears its identifier, and a PDF there is the same
    once more; without images the PDFs there have its pages.
    """
    stated = list(record.downloads)
    if record.pages:
        return record.pages, stated
    names = list(_files_beside(folder, record.identifier))
    images = [name for name in names if Path(name).suffix.lower() in IMAGE_ENDINGS]
    only_offered = {download.file for download in stated}
    pdfs = [name for name in names if name not in images and name not in only_offered]
    pages = tuple(Page(file=name) for name in images or pdfs)
    return pages, stated + ([Download(file=name) for name in pdfs] if images else [])


def _pdf_of(source: Source) -> Download | None:
    """Return the PDF that a page comes from, as something to be offered."""
    if source.path and source.page.file and source.path.suffix.lower() == pdf.ENDING:
        return Download(file=source.page.file, label=source.page.label)
    return None


def _files_beside(folder: Path, identifier: str) -> Iterator[str]:
    """Yield the files of the folder that bears the record's identifier, in the order that people count in."""
    place = folder / identifier
    files = place.iterdir() if place.is_dir() else ()
    names = [path.name for path in files if path.suffix.lower() in ENDINGS and not path.name.startswith(".")]
    for name in sorted(
        names, key=lambda name: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
    ):
        yield f"{identifier}/{name}"


def inside(folder: Path, name: str) -> Path:
    """Return a file that a record names beside its input.

    Raises:
        ImageError: it is not there, or lies outside of the input's folder.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ImageError(f"{name!r} lies outside the folder of the input; put it beside the input")
    if not path.is_file():
        raise ImageError(f"{name!r} is not in {folder}; put the file there, or correct the name")
    return path


def _measured(path: Path) -> tuple[str, list[_Frame]]:
    """Return an image's format, and the images in it that are pages."""
    kind = ""
    try:
        with Image.open(path) as image:
            kind = str(image.format).replace("MPO", "JPEG")  # a camera's JPEG, with a second picture behind it
            frames = list(_frames(image)) if kind == "TIFF" else [_Frame(0, image.width, image.height)]
            return kind, frames
    except UNREADABLE as error:
        raise _unreadable(path, kind, error) from None


def _is_pyramid(path: Path, frames: list[_Frame]) -> bool:
    """Whether a TIFF holds one page in tiles, and smaller copies of it."""
    with Image.open(path) as image:
        tags = getattr(image, "tag_v2", {})
        return len(frames) == 1 and _TILE_WIDTH in tags and (_SUB_IFDS in tags or getattr(image, "n_frames", 1) > 1)


def _frames(image: Image.Image) -> Iterator[_Frame]:
    count = getattr(image, "n_frames", 1)
    for index in range(count):
        image.seek(index)
        tags = getattr(image, "tag_v2", {})
        if not index or not int(tags.get(_SUBFILE, 0)) & _NO_PAGE:
            yield _Frame(index, image.width, image.height)


def _unreadable(path: Path, kind: str, error: Exception) -> ImageError:
    """Return why an image cannot be read; names the library that Pillow lacks for it, if that may be why."""
    feature, library = NEEDS.get(kind, ("", ""))
    if feature and not features.check(feature):
        return ImageError(
            f"{path.name!r} needs {library} support, which Pillow here was built without; install Pillow with it, or "
            f"save the image as JPEG or PNG"
        )
    return ImageError(f"{path.name!r} cannot be read as an image ({error}); save it again as JPEG, PNG or TIFF")


def _copy(source: Path, arrival: Arrival, name: str, frame: int | None) -> None:
    """Copy an image; one that is there already and is the same is left.

    Args:
        source: the image.
        arrival: takes the copy.
        name: what it is to be called.
        frame: which image of the file is to become JPEG; None if the file is copied as it is.
    """
    target = arrival.folder / name
    try:
        if frame is None and target.exists() and filecmp.cmp(target, source, shallow=False):
            return
        with arrival.file(name) as made:
            if frame is None:
                shutil.copyfile(source, made)
            else:
                _decoded(source, frame).save(made, "JPEG", quality=92)
    except OSError as error:
        raise ImageError(
            f"{source.name!r} cannot be copied to {arrival.folder} ({error}); make room, or give the right to"
        ) from None


def _former(name: str) -> list[str]:
    """Return what the image of a page may have been called before, in another format."""
    stem, _dot, ending = name.rpartition(".")
    return [f"{stem}.{other}" for other in {*SHOWN_AS_THEY_ARE.values(), PYRAMID} - {ending}]


def _decoded(path: Path, frame: int) -> Image.Image:
    """Return an image of a file in colour, 8 bits each.

    Raises:
        ImageError: its pixels cannot be read.
    """
    kind = ""
    try:
        with Image.open(path) as image:
            kind = str(image.format)
            image.seek(frame)
            deep = image.mode.startswith("I;16")
            shown: Image.Image = image.point(lambda value: value / 256).convert("L") if deep else image
            coloured: Image.Image = shown.convert("RGB")
            return coloured
    except UNREADABLE as error:
        raise _unreadable(path, kind, error) from None
