"""The page of a record: the document itself, what is owed to its owners and funders, and all that is stated of it."""

import json

from flask import Response, abort, request

from mappings import rights
from mappings.citation import citation
from mappings.description import description
from mappings.iiif import uris
from mappings.languages import language_name
from mappings.repository import Repository
from records.model import Record
from server.current import library
from server.iiif import known
from server.pages import content_state, viewer
from server.pages.direction import direction
from server.pages.downloads import downloads, images, size
from server.pages.front import trail
from server.pages.page import SAME_HOST, page
from server.pages.scans import scans
from server.publishing import MANIFEST

POLICY = f"{SAME_HOST}; script-src 'self'; frame-src 'self'"
"""The viewer stands in a frame, so that what it must be allowed (see `viewer.POLICY`) is not allowed to this page."""


def record_page(identifier: str) -> Response:
    """Return the page of a record: the document, its text, all that is stated, and where it is found in other forms.

    The argument `iiif-content` is a content state that names a canvas of the record's manifest: the document is opened
    there.
    """
    record, repository = known.record(identifier), library().repository()
    manifest = uris.manifest(repository, record)
    canvas, missed = _asked_canvas(record, manifest)
    shown = scans(record, repository)
    opened = next((scan for scan in shown if uris.canvas(repository, record, scan.number) == canvas), None)
    content = content_state.at_canvas(manifest, canvas) if manifest and canvas else manifest
    full_size, framed = _viewers(record, repository, content)
    return page(
        "record.html",
        policy=POLICY,
        record=record,
        rows=description(record, repository),
        rights_statement=rights.statement(record),
        rights_uri=rights.uri(record),
        rights_label=rights.label,
        acknowledgments=rights.acknowledgments(record),
        direction=direction,
        language_name=language_name,
        address=uris.record_page(repository, record),
        landing_page=uris.landing_page(repository, record),
        preview=uris.preview(repository, record),
        trails=[trail(spec, repository) for spec in record.collections],
        scans=shown,
        scan=opened or (shown[0] if shown else None),
        missed=missed,
        citation=citation(record, repository),
        size=size,
        images=images(record, shown),
        downloads=downloads(record, repository),
        explorer=uris.explorer(repository.base_url, uris.asked_record(repository, record, "oai_dc")),
        manifest=manifest,
        full_size=full_size,
        framed=framed,
        other_viewers=viewer.others(manifest) if manifest else [],
        out_of_reach=viewer.out_of_reach(library().config.base_url),
    )


def _viewers(record: Record, repository: Repository, content: str | None) -> tuple[str | None, str | None]:
    """Return the addresses of our viewer by itself, and as the page has it in a frame; none where it is not installed.

    A manifest that is elsewhere is not opened unasked: the reader's browser would tell another host of the visit.
    """
    if content is None or not viewer.installed():
        return None, None
    framed = None if record.link("manifest") else uris.framed_viewer(repository, content)
    return uris.viewer(repository, content), framed


def _asked_canvas(record: Record, manifest: str | None) -> tuple[str | None, bool]:
    """Return the canvas that is asked for, and whether one is that the document does not have."""
    content = request.args.get("iiif-content")
    if not content:
        return None, False
    try:
        wanted = content_state.target(content)
    except ValueError as error:
        abort(400, str(error))
    if manifest is None or record.link("manifest") or wanted.manifest != manifest:
        abort(400, "iiif-content names a manifest that is not this record's; /view opens those of others")
    canvases = {canvas["id"] for canvas in json.loads(known.document(record.identifier, MANIFEST))["items"]}
    return (wanted.canvas, False) if wanted.canvas in canvases else (None, wanted.canvas is not None)
