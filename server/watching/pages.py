"""What staff see: `/metrics` for Prometheus, and `/harvesters`, a page that a password opens."""

from hmac import compare_digest

from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST

from server.current import library
from server.pages.page import page
from server.watching import report, watch

blueprint = Blueprint("watching", __name__)


@blueprint.route("/metrics")
def metrics() -> Response:
    """Return the metrics. They tell of no harvester, only of all together."""
    return Response(watch().metrics.written(library().store), content_type=CONTENT_TYPE_LATEST)


@blueprint.route("/harvesters")
def harvesters() -> Response:
    """Return the page that shows who harvests what, for staff alone: it names networks.

    Without a password in the settings nobody sees it, since a server behind another cannot tell who asks.
    """
    password = library().config.staff_password
    if password is None:
        abort(403, "This page is for staff. Set DRAGOMAN_STAFF_PASSWORD to open it, or run 'dragoman status'.")
    given = request.authorization.password if request.authorization else None
    if not compare_digest((given or "").encode(), password.encode()):
        answer = page("error.html", 401, name="Unauthorized", sentence="This page is for staff; it needs a password.")
        answer.headers["WWW-Authenticate"] = 'Basic realm="Dragoman staff", charset="UTF-8"'
    else:
        answer = page("harvesters.html", harvesters=report.harvesters(library().store.database))
    answer.headers["Cache-Control"] = "no-store"
    return answer
