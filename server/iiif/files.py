"""The files of page images, and what is drawn from them and kept."""

import logging
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from flask import Response, abort, request

from records.model import Page
from server.current import library
from server.iiif import known
from server.iiif.drawing import UnreadableImageError
from server.iiif.kept import kept
from server.iiif.turns import turn

log = logging.getLogger(__name__)

Read = TypeVar("Read")

SECONDS = 3600
"""How long viewers may keep an image without asking."""


def image_of(identifier: str, number: int) -> tuple[Page, Path]:
    """Return a page of a record, counted from 1, and the file of its image.

    Raises:
        NotFound: there is no such record or page, or its image is not kept here.
        Gone: the record was withdrawn.
    """
    page = _numbered(known.without_texts(identifier).pages, number)
    if page and page.file and not library().media.path(identifier, page).is_file():
        page = _numbered(known.record(identifier).pages, number)  # it may have another ending by now
    path = file_of(identifier, page)
    assert page
    return page, path


def _numbered(pages: tuple[Page, ...], number: int) -> Page | None:
    return pages[number - 1] if number <= len(pages) else None


def file_of(identifier: str, page: Page | None) -> Path:
    """Return the file of a page's image.

    Args:
        identifier: that of the record.
        page: the page; None if the record has no such page.

    Raises:
        NotFound: there is no such page, or its image is not kept here.
    """
    if page is None or page.file is None:
        abort(404, "the record has no such page, or the page's image is elsewhere")
    path = library().media.path(identifier, page).resolve()
    if not path.is_file():
        log.warning("the page image %s is missing; load the record again, or restore the media folder", path)
        abort(404, "the page's image is missing from this server")
    return path


def read(path: Path, reader: Callable[[], Read]) -> Read:
    """Return what a function reads out of an image file.

    Raises:
        NotFound: the file cannot be read.
    """
    try:
        return reader()
    except UnreadableImageError as error:
        log.warning("the page image %s cannot be read (%s); load the record again", path, error)
        abort(404, "the page's image cannot be read")


def key(*parts: str) -> str:
    """Return a name for what is made of these parts, and of nothing else."""
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def version(path: Path) -> str:
    """Return what changes when a file does: where it is, when it was written, how large it is."""
    status = path.stat()
    return f"{path} {status.st_mtime_ns} {status.st_size}"


def place(identifier: str, name: str) -> Path:
    """Return where the cache keeps what is drawn of a record."""
    return library().config.cache_folder / identifier / name


def drawn(path: Path, pixels: int, draw: Callable[[], bytes], keep: Path | None) -> bytes:
    """Return a picture of a file: as the cache has it, else drawn when it is its turn.

    Args:
        path: the file that is drawn from.
        pixels: how large the picture is to be, width times height.
        draw: draws it.
        keep: where the cache keeps it; None if it is not kept.

    Raises:
        NotFound: the file cannot be read.
        CrowdedError: too many pictures are drawn now.
    """

    def in_turn() -> bytes:
        with turn(pixels):
            return draw()

    return read(path, partial(kept, keep, in_turn) if keep else in_turn)


def conditional_image(image: Callable[[], bytes], content_type: str, tag: str) -> Response:
    """Return an image with its entity tag, or 304; it is made only for who does not have it."""
    response = Response(content_type=content_type)
    response.set_etag(tag)
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS
    response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(image())
    return response
