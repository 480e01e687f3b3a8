"""Turns at drawing: so many pictures at once in one process, so that no crowd of requests takes all memory.

A small picture waits for its turn, since viewers do not ask again for a tile that they did not get. A large one does
not: it would hold a thread for as long as others draw, and who downloads can come again. Nor do so many wait that no
thread is left, unless turns come so quickly that nobody is held up.
"""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from server.watching.crowd import Crowd

SMALL = 2_000_000
"""Pixels of a picture that may wait."""

PATIENCE = 10
"""Seconds that it waits."""


def turn(pixels: int) -> AbstractContextManager[None]:
    """Hold a turn at drawing a picture.

    Args:
        pixels: how large it is to be, width times height.

    Raises:
        CrowdedError: there is none, or it came too late.
    """
    crowd = cast("Crowd", current_app.extensions["dragoman_watch"].images)
    return crowd.place(patience=PATIENCE if pixels <= SMALL else 0)
