"""The Image API 3.0 for page images that are files here: level 2 with libvips, else level 0.

Typeset pages have no service: such a page is one JPEG with all that there is in it, which a viewer loads at once.
"""

import json
from functools import partial

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirection

from mappings.iiif import manifest, uris
from records.model import Page
from server.current import library
from server.iiif import drawing, files, image_info, known
from server.iiif.conditional import conditional
from server.iiif.image_request import FORMATS, ImageRequestError, Limits, Size, parse
from server.iiif.media_type import media_type
from server.vips import level


def base(identifier: str, number: str) -> Redirection:
    """Lead from the base URI of a service to its description (Image API 3.0, 2)."""
    files.image_of(identifier, known.number(number))
    return redirect(f"{_service(identifier, number)}/info.json", 303)


def info(identifier: str, number: str) -> Response:
    """Describe the service of a page image, counted from 1 (5)."""
    page, path = files.image_of(identifier, known.number(number))
    record = known.without_texts(identifier)
    ours = uris.manifest(library().repository(), record)
    document = image_info.info(
        _service(identifier, number),
        _size(page),
        _limits(_size(page)),
        level=level(),
        coloured=files.read(path, partial(drawing.is_coloured, path)),
        rights=manifest.rights_uri(record),
        part_of=[{"id": ours, "type": "Manifest", "label": manifest.label(record)}] if ours else [],
    )
    wanted = media_type(request.headers.get("Accept", ""), image_info.LINKED_DATA)
    response = conditional(json.dumps(document, ensure_ascii=False).encode(), wanted)
    response.headers["Vary"] = "Accept"
    response.headers["Link"] = _profile_link()
    return response


def shown(identifier: str) -> Response:
    """Tell a proxy before another image server whether images of a record may be seen: 204, else 403."""
    return Response(status=204 if library().store.shown_items([identifier]) else 403)


def image(identifier: str, number: str, **asked: str) -> Response:
    """Return the picture that an image request asks for (4)."""
    page, path = files.image_of(identifier, known.number(number))
    try:
        wanted = parse(_size(page), _limits(_size(page)), **asked)
    except ImageRequestError as error:
        abort(400, str(error))
    kept = image_info.is_kept(_size(page), _limits(_size(page)), wanted)
    if level() == "level0" and not (kept and wanted.whole):
        abort(501, "this server has whole images, as JPEG in the sizes of info.json; others need its extra 'images'")
    tag = files.key(files.version(path), wanted.canonical, drawing.drawer())
    keep = files.place(identifier, f"{number}/{tag}.jpg") if kept else None
    draw = partial(drawing.draw, path, _size(page), wanted)
    pixels = wanted.turned[0] * wanted.turned[1]
    response = files.conditional_image(partial(files.drawn, path, pixels, draw, keep), FORMATS[wanted.format], tag)
    response.headers["Link"] = f'{_profile_link()}, <{_service(identifier, number)}/{wanted.canonical}>;rel="canonical"'
    return response


def _service(identifier: str, number: str) -> str:
    return uris.image_service_of(library().config.base_url, identifier, int(number))


def _profile_link() -> str:
    """Return the header that tells the compliance level (6)."""
    return f'<{image_info.profile(level())}>;rel="profile"'


def _size(page: Page) -> Size:
    return page.width or 1, page.height or 1


def _limits(size: Size) -> Limits:
    """Return what is given at most of an image; level 0 has it whole, as the file does."""
    return Limits(library().config.image_pixels) if level() == "level2" else Limits(size[0] * size[1], max(size))
