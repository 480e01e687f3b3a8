"""IIIF: manifests, collections and page images over HTTP (Presentation 3.0, 6), open to viewers of every host."""

import logging
from typing import NoReturn

from flask import Blueprint, Response, abort, json, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import BaseConverter

from records.database import StoreError
from server.iiif import discovery, image, page_images, presentation, search
from server.iiif.stored import OPEN
from server.watching.crowd import CrowdedError

blueprint = Blueprint("iiif", __name__, url_prefix="/iiif")
log = logging.getLogger(__name__)


class _Anything(BaseConverter):
    """Matches the rest of an address, whatever it holds; Flask's `path` stops at a line break and an empty segment."""

    part_isolating = False
    regex = r"[\s\S]+"


blueprint.record(lambda state: state.app.url_map.converters.update(anything=_Anything))
blueprint.add_url_rule("/collection.json", view_func=presentation.top_collection)
blueprint.add_url_rule("/collection/<spec>.json", view_func=presentation.collection)
blueprint.add_url_rule("/collection/part/<span>.json", view_func=presentation.top_part)
blueprint.add_url_rule("/collection/<spec>/part/<span>.json", view_func=presentation.collection_part)
blueprint.add_url_rule("/activity/collection.json", endpoint="activities", view_func=discovery.collection)
blueprint.add_url_rule("/activity/page/<number>.json", endpoint="activity_page", view_func=discovery.page)
blueprint.add_url_rule("/<identifier>/manifest.json", view_func=presentation.manifest)
blueprint.add_url_rule("/<identifier>/shown", view_func=image.shown)
blueprint.add_url_rule("/<identifier>/image/<number>", "image_service", image.base)
blueprint.add_url_rule("/<identifier>/image/<number>/info.json", "image_info", image.info)
blueprint.add_url_rule("/<identifier>/image/<number>/<region>/<size>/<rotation>/<quality>.<form>", "image", image.image)
blueprint.add_url_rule("/<identifier>/page/<number>.<extension>", view_func=page_images.page_image)
blueprint.add_url_rule("/<identifier>/page/<number>/thumbnail.jpg", view_func=page_images.thumbnail)
blueprint.add_url_rule("/<identifier>/canvas/<number>/lines.json", view_func=presentation.lines)
for _scope in ("", "/<identifier>", "/collection/<spec>"):
    blueprint.add_url_rule(f"{_scope}/search/<any('1','2'):version>", view_func=search.search_in)
    blueprint.add_url_rule(f"{_scope}/autocomplete/<any('1','2'):version>", view_func=search.complete_in)


@blueprint.route("/<anything:_anything>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def _nothing(_anything: str) -> NoReturn:
    """Answer whatever else is asked below /iiif as the rest of IIIF answers: in JSON, open to every host."""
    if request.method not in {"GET", "HEAD"}:
        raise MethodNotAllowed(["GET", "HEAD", "OPTIONS"], "IIIF is only read here, by GET and HEAD")
    abort(404, "there is nothing at this address; begin at /iiif/collection.json")


@blueprint.after_request
def _open_to_every_host(response: Response) -> Response:
    """Let scripts of every host read the answer, whatever its status (Presentation 3.0, 6.3)."""
    response.headers.extend(OPEN)
    if "OPTIONS" in response.headers.get("Allow", ""):
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "*"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


@blueprint.errorhandler(HTTPException)
def _fault(error: HTTPException) -> Response:
    """Say in JSON what was wrong; the status says whose fault it was."""
    headers = [header for header in error.get_headers() if header[0] != "Content-Type"]
    body = json.dumps({"error": error.description}) + "\n"
    return Response(body, error.code, headers, content_type="application/json")


@blueprint.errorhandler(StoreError)
def _closed(error: StoreError) -> tuple[Response, int, dict[str, str]]:
    """Ask to come again where the store does not answer; the log says why."""
    log.warning("%s", error)
    return jsonify({"error": "the store does not answer; try again later"}), 503, {"Retry-After": "60"}


@blueprint.errorhandler(CrowdedError)
def _crowded(error: CrowdedError) -> tuple[Response, int, dict[str, str]]:
    """Ask to come again where too many pictures are drawn now."""
    return jsonify({"error": str(error)}), 503, {"Retry-After": str(error.seconds)}
