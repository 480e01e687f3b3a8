"""Page images: the files of the media folder, typeset pages drawn when they are asked for, small images of both."""

import io
import logging
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Response, abort, request, send_file
from PIL import Image, UnidentifiedImageError

import mappings.iiif
from mappings.iiif import leaves, typesetting
from mappings.iiif.presentation import LARGEST_THUMBNAIL, fitted
from records.model import Record
from server.iiif import known
from server.iiif.kept import kept
from server.library import library

log = logging.getLogger(__name__)

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
"""Ending and media type of the files of the media folder."""

SECONDS = 3600
"""How long viewers may keep an image without asking."""


def page_image(identifier: str, number: str, extension: str) -> Response:
    """Return the image of a page, counted from 1."""
    record, place = known.record(identifier), known.number(number)
    if record.pages:
        path = _scan(record, place)
        if path.suffix != f".{extension}" or extension not in TYPES:
            abort(404, "the image of this page has another ending")
        return send_file(path, mimetype=TYPES[extension], max_age=SECONDS)
    if extension != "jpg":
        abort(404, "typeset pages are JPEG images; their addresses end in .jpg")
    return _jpeg(_typeset(record, place, "page"))


def thumbnail(identifier: str, number: str) -> Response:
    """Return the small image of a page, counted from 1 (JPEG)."""
    record, place = known.record(identifier), known.number(number)
    if not record.pages:
        return _jpeg(_typeset(record, place, "thumbnail"))
    path = _scan(record, place)
    status = path.stat()
    key = _key(str(path), str(status.st_mtime_ns), str(status.st_size))
    return _jpeg(kept(_place(record, f"{place}-{key}.jpg"), lambda: _small(path)))


def _scan(record: Record, place: int) -> Path:
    """Return the file of a page's image.

    Raises:
        NotFound: there is no such page, or its image is not kept here.
    """
    page = record.pages[place - 1] if place <= len(record.pages) else None
    if page is None or page.file is None:
        abort(404, "the record has no such page, or the page's image is elsewhere")
    path = library().media.path(record.identifier, page).resolve()
    if not path.is_file():
        log.warning("the page image %s is missing; load the record again, or restore the media folder", path)
        abort(404, "the page's image is missing from this server")
    return path


def _typeset(record: Record, place: int, kind: str) -> bytes:
    """Return a page of a text, or the small image of one; drawn unless the cache has it."""
    key = _key(record.model_dump_json(), _typesetter())
    return kept(_place(record, f"{place}-{kind}-{key}.jpg"), lambda: _drawn(record, place, kind))


def _drawn(record: Record, place: int, kind: str) -> bytes:
    try:
        layout, page = leaves.layout_of(record, place)
    except LookupError:
        abort(404, "the record has no such page")
    return typesetting.draw(layout, page) if kind == "page" else typesetting.thumbnail(layout, page)


@lru_cache(maxsize=1)
def _typesetter() -> str:
    """Return what decides how a text is drawn, beside the record: our code and the fonts."""
    files = sorted(Path(mappings.iiif.__path__[0]).rglob("*.py"))
    return _key(typesetting.fingerprint(), *(file.read_text(encoding="utf-8") for file in files))


def _small(path: Path) -> bytes:
    """Return a small JPEG of an image file, of the size that the manifest states."""
    file = io.BytesIO()
    try:
        with Image.open(path) as image:
            size = fitted(image.width, image.height)
            image.draft("RGB", LARGEST_THUMBNAIL)
            image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2).save(file, "JPEG", quality=80)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        log.warning("the page image %s cannot be read (%s); load the record again", path, error)
        abort(404, "the page's image cannot be read")
    return file.getvalue()


def _place(record: Record, name: str) -> Path:
    return library().config.cache_folder / record.identifier / name


def _key(*parts: str) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _jpeg(image: bytes) -> Response:
    """Return a drawn image with its entity tag, or 304."""
    response = Response(image, content_type="image/jpeg")
    response.set_etag(blake2b(image, digest_size=16).hexdigest())
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS
    response.make_conditional(request)
    return response
