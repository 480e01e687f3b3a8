"""What belongs to the application that answers now."""

from typing import cast

from flask import current_app

from server.library import Library


def library() -> Library:
    """Return its library."""
    return cast("Library", current_app.extensions["dragoman"])
