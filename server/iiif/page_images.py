"""Page images: the files of the media folder, typeset pages drawn when they are asked for, small images of both."""

from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path

from flask import Response, abort, send_file

import mappings.iiif
from mappings.iiif import leaves, typesetting
from mappings.iiif.presentation import fitted
from records.model import Record
from records.values import PYRAMID
from server.iiif import drawing, files, known
from server.iiif.kept import kept

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
"""Ending and media type of what is answered."""


def page_image(identifier: str, number: str, extension: str) -> Response:
    """Return the image of a page, counted from 1."""
    place = known.number(number)
    if known.without_texts(identifier).pages:
        _page, path = files.image_of(identifier, place)
        if extension == "jpg" and path.suffix == f".{PYRAMID}":
            return _whole(identifier, place, path, _measured(path))
        if path.suffix != f".{extension}" or extension not in TYPES:
            abort(404, "the image of this page has another ending")
        return send_file(path, mimetype=TYPES[extension], max_age=files.SECONDS)
    if extension != "jpg":
        abort(404, "typeset pages are JPEG images; their addresses end in .jpg")
    return _jpeg(_typeset(known.record(identifier), place, "page"))


def thumbnail(identifier: str, number: str) -> Response:
    """Return the small image of a page, counted from 1 (JPEG)."""
    place = known.number(number)
    if not known.without_texts(identifier).pages:
        return _jpeg(_typeset(known.record(identifier), place, "thumbnail"))
    _page, path = files.image_of(identifier, place)
    return _whole(identifier, place, path, fitted(*_measured(path)))


def _measured(path: Path) -> tuple[int, int]:
    return files.read(path, partial(drawing.measured, path))


def _whole(identifier: str, place: int, path: Path, size: tuple[int, int]) -> Response:
    """Return the whole image of a file as JPEG in a size; drawn unless the cache has it."""
    tag = files.key(files.version(path), str(size), drawing.drawer())
    keep = files.place(identifier, f"{place}-{tag}.jpg")
    draw = partial(drawing.whole, path, size)
    return files.conditional_image(partial(files.drawn, path, size[0] * size[1], draw, keep), TYPES["jpg"], tag)


def _typeset(record: Record, place: int, kind: str) -> bytes:
    """Return a page of a text, or the small image of one; drawn unless the cache has it."""
    key = files.key(record.model_dump_json(), _typesetter())
    return kept(files.place(record.identifier, f"{place}-{kind}-{key}.jpg"), lambda: _drawn(record, place, kind))


def _drawn(record: Record, place: int, kind: str) -> bytes:
    try:
        layout, page = leaves.layout_of(record, place)
    except LookupError:
        abort(404, "the record has no such page")
    return typesetting.draw(layout, page) if kind == "page" else typesetting.thumbnail(layout, page)


@lru_cache(maxsize=1)
def _typesetter() -> str:
    """Return what decides how a text is drawn, beside the record: our code and the fonts."""
    sources = sorted(Path(mappings.iiif.__path__[0]).rglob("*.py"))
    return files.key(typesetting.fingerprint(), *(source.read_text(encoding="utf-8") for source in sources))


def _jpeg(image: bytes) -> Response:
    """Return a drawn image with its entity tag, or 304."""
    return files.conditional_image(lambda: image, TYPES["jpg"], blake2b(image, digest_size=16).hexdigest())
