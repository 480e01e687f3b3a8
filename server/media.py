"""Page images: found beside the input, measured, copied into the media folder."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from records.errors import Fault, RecordError
from records.model import Page, Record

SHOWN_AS_THEY_ARE = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
"""Image formats that every browser shows, and the ending of their files; others are copied as JPEG."""

ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".jp2", ".bmp"}


Image.MAX_IMAGE_PIXELS = 500_000_000
"""Pixels that an archive's own scan may have; Pillow refuses twice as many."""


class ImageError(Exception):
    """A page image cannot be taken; says why, and the remedy."""


@dataclass(frozen=True, slots=True)
class Media:
    """The folder of page images.

    Attributes:
        folder: where they are kept, one folder for each record.
    """

    folder: Path

    def path(self, identifier: str, page: Page) -> Path:
        """Return where a page image of a record is kept."""
        return self.folder / identifier / Path(str(page.file)).name

    def take(self, record: Record, source: Path, *, copy: bool = True) -> Record | RecordError:
        """Return the record with its page images measured, and copied into the media folder.

        Images are those that the record names, relative to the input's folder; a record that names no page takes the
        images of a folder beside the input that bears its identifier.

        Args:
            record: the record as it was read.
            source: the file that it was read from.
            copy: whether to copy the images; without it they are only measured.

        Returns:
            The record, or an error that names each page whose image cannot be taken.
        """
        pages = record.pages or tuple(_pages_beside(source.parent, record.identifier))
        taken: list[Page] = []
        faults: list[Fault] = []
        for number, page in enumerate(pages):
            try:
                taken.append(self._take(record.identifier, number, page, source.parent, copy=copy))
            except ImageError as error:
                faults.append(Fault(f"pages.{number}.file", str(error)))
        if faults:
            return RecordError(str(source), "", record.identifier, tuple(faults))
        return record.model_copy(update={"pages": tuple(taken)}) if taken else record

    def _take(self, identifier: str, number: int, page: Page, folder: Path, *, copy: bool) -> Page:
        if page.file is None:
            return page
        path = _inside(folder, page.file)
        kind, width, height = _measured(path)
        name = f"{number + 1}.{SHOWN_AS_THEY_ARE.get(kind, 'jpg')}"
        if copy:
            _copy(path, self.folder / identifier / name, convert=kind not in SHOWN_AS_THEY_ARE)
        media_type = f"image/{kind.lower()}" if kind in SHOWN_AS_THEY_ARE else "image/jpeg"
        return page.model_copy(update={"file": name, "width": width, "height": height, "media_type": media_type})


def _pages_beside(folder: Path, identifier: str) -> Iterator[Page]:
    """Yield the images of the folder that bears the record's identifier, in the order that people count in."""
    place = folder / identifier
    names = [path.name for path in place.iterdir() if path.suffix.lower() in ENDINGS] if place.is_dir() else []
    for name in sorted(
        names, key=lambda name: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
    ):
        yield Page(file=f"{identifier}/{name}")


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ImageError(f"{name!r} lies outside the folder of the input; put the image beside the input")
    if not path.is_file():
        raise ImageError(f"{name!r} is not in {folder}; put the image there, or correct the name")
    return path


def _measured(path: Path) -> tuple[str, int, int]:
    """Return an image's format, width and height in pixels."""
    try:
        with Image.open(path) as image:
            return str(image.format), image.width, image.height
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ImageError(
            f"{path.name!r} cannot be read as an image ({error}); save it again as JPEG, PNG or TIFF"
        ) from None


def _copy(source: Path, target: Path, *, convert: bool) -> None:
    """Copy an image, whole or not at all; one that is there already and is the same is left."""
    if not convert and target.exists() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        if convert:
            with Image.open(source) as image:
                image.convert("RGB").save(name, "JPEG", quality=92)
        else:
            shutil.copyfile(source, name)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise ImageError(f"{source.name!r} cannot be copied to {target.parent} ({error})") from None
    finally:
        Path(name).unlink(missing_ok=True)
