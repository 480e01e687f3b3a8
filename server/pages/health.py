"""Whether this server can do its work, for those that watch it."""

import logging

from flask import Response, jsonify

from records.database import StoreError
from server.current import library

log = logging.getLogger(__name__)


def health() -> tuple[Response, int]:
    """Return `{"status": "ok"}`, or 503 where the store does not answer; the log says why."""
    try:
        library().store.facts()
    except StoreError as error:
        log.warning("%s", error)
        return jsonify({"status": "failing", "error": "the store does not answer"}), 503
    return jsonify({"status": "ok"}), 200
