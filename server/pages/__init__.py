"""Pages for people: what is here, a collection, a record and its documents, the viewer."""

import logging

from flask import Blueprint, Response
from werkzeug.exceptions import HTTPException

from records.database import StoreError
from server.pages import assets, conformance, documents, explorer, front, health, record, viewer
from server.pages.page import page
from server.watching.crowd import CrowdedError

blueprint = Blueprint("pages", __name__, template_folder="../check/templates")
log = logging.getLogger(__name__)

blueprint.add_url_rule("/", view_func=front.front_page)
blueprint.add_url_rule("/collections/<spec>", view_func=front.collection_page)
blueprint.add_url_rule("/records/<identifier>", view_func=record.record_page)
blueprint.add_url_rule("/records/<identifier>/<prefix>.xml", view_func=documents.document)
blueprint.add_url_rule("/records/<identifier>/text/<number>.txt", view_func=documents.text)
blueprint.add_url_rule("/records/<identifier>/download/<number>.pdf", view_func=documents.pdf)
blueprint.add_url_rule("/schemas/<name>", view_func=documents.schema)
blueprint.add_url_rule("/explore", view_func=explorer.explore)
blueprint.add_url_rule("/conformance", view_func=conformance.overview)
blueprint.add_url_rule("/conformance.csv", view_func=conformance.download)
blueprint.add_url_rule("/conformance/<code>", view_func=conformance.rule)
blueprint.add_url_rule("/conformance/aggregators/<name>", view_func=conformance.aggregator)
blueprint.add_url_rule("/view", view_func=viewer.view)
blueprint.add_url_rule("/healthz", view_func=health.health)
blueprint.add_url_rule("/static/<name>", view_func=assets.asset)


@blueprint.app_errorhandler(HTTPException)
def _fault(error: HTTPException) -> Response:
    """Say on a page what was wrong, where no other part of the server answers."""
    response = page("error.html", error.code or 500, name=error.name, sentence=error.description)
    response.headers.extend(
        (name, value) for name, value in error.get_headers() if name.title() in {"Allow", "Location", "Retry-After"}
    )
    return response


@blueprint.app_errorhandler(CrowdedError)
def _crowded(error: CrowdedError) -> Response:
    """Ask to come again where there are too many lists to show at once."""
    sentence = f"Many harvesters are here now. Try again in {error.seconds} seconds."
    response = page("error.html", 503, name="Service Unavailable", sentence=sentence)
    response.headers["Retry-After"] = str(error.seconds)
    return response


@blueprint.app_errorhandler(StoreError)
def _closed(error: StoreError) -> Response:
    """Ask to come again where the store does not answer; the log says why."""
    log.warning("%s", error)
    sentence = "The store does not answer. Try again later."
    response = page("error.html", 503, name="Service Unavailable", sentence=sentence)
    response.headers["Retry-After"] = "60"
    return response
