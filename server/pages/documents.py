"""Documents by themselves: a record in each harvestable format as XML, its texts and PDFs; schemas of ours."""

import logging
from importlib.resources import files

from flask import Response, abort, send_file

from mappings.formats import FORMATS
from server.current import library
from server.iiif import known
from server.iiif.conditional import conditional
from server.iiif.files import SECONDS

log = logging.getLogger(__name__)

SCHEMAS = {"qualifieddc.xsd": files("mappings") / "schemas" / "qualifieddc.xsd"}
"""The schemas that we serve ourselves, by name."""

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def document(identifier: str, prefix: str) -> Response:
    """Return a record in a harvestable format."""
    if prefix not in FORMATS:
        abort(404, f"there is no such format here; there are {', '.join(FORMATS)}")
    return _open(conditional(DECLARATION + known.document(identifier, prefix), "application/xml; charset=utf-8"))


def text(identifier: str, number: str) -> Response:
    """Return a text of a record, counted from 1."""
    texts = known.record(identifier).texts
    place = known.number(number)
    if place > len(texts):
        abort(404, "the record has no such text")
    return _open(conditional(texts[place - 1].whole.encode(), "text/plain; charset=utf-8"))


def pdf(identifier: str, number: str) -> Response:
    """Return a PDF of a record, counted from 1."""
    record, place = known.without_texts(identifier), known.number(number)
    if place > len(record.downloads):
        abort(404, "the record has no such PDF")
    path = library().media.path(record.identifier, record.downloads[place - 1]).resolve()
    if not path.is_file():
        log.warning("the PDF %s is missing; load the record again, or restore the media folder", path)
        abort(404, "the PDF is missing from this server")
    name = f"{record.identifier}{'' if len(record.downloads) == 1 else f'-{place}'}.pdf"
    return _open(send_file(path, mimetype="application/pdf", download_name=name, max_age=SECONDS))


def schema(name: str) -> Response:
    """Return a schema of ours, which documents name as their schemaLocation."""
    if name not in SCHEMAS:
        abort(404, f"there is no such schema here; there are {', '.join(SCHEMAS)}")
    return _open(conditional(SCHEMAS[name].read_bytes(), "application/xml; charset=utf-8"))


def _open(response: Response) -> Response:
    """Let viewers of every host read what manifests name as seeAlso and rendering."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
