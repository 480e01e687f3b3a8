"""The files that pages load: style sheet, the viewer and the script that starts it."""

from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from flask import Response, abort

from server.current import library

FOLDER = Path(__file__).parent / "static"
VIEWER = "mirador.min.js"
TYPES = {
    "style.css": "text/css; charset=utf-8",
    "report.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "record.js": "text/javascript; charset=utf-8",
    "view.js": "text/javascript; charset=utf-8",
    VIEWER: "text/javascript; charset=utf-8",
}
"""Each file that there is, and its media type."""


def path(name: str) -> Path:
    """Return where a file lies; the viewer's place is a setting."""
    return library().config.viewer_file if name == VIEWER else FOLDER / name


def address(name: str) -> str:
    """Return the address of a file; it changes with the file, so that browsers may keep what they have."""
    status = path(name).stat()
    state = blake2b(f"{status.st_mtime_ns} {status.st_size}".encode(), digest_size=6).hexdigest()
    return f"{urlsplit(library().config.base_url).path}/static/{name}?v={state}"


def asset(name: str) -> Response:
    """Return a file, to be kept for a year."""
    if name not in TYPES or not path(name).is_file():
        abort(404, "there is no such file here")
    response = Response(path(name).read_bytes(), content_type=TYPES[name])
    response.cache_control.public = True
    response.cache_control.max_age = 31_536_000
    response.cache_control.immutable = True
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
