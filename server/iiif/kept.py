"""The cache of drawn images: files that may vanish at any time, and that nobody waits for."""

import logging
from collections.abc import Callable
from pathlib import Path

from server.whole_files import whole

log = logging.getLogger(__name__)


def kept(path: Path, draw: Callable[[], bytes]) -> bytes:
    """Return the bytes of a cached file; where it is not there, draw them and keep them.

    A cache that cannot be read or written (a full disk, no rights) costs time, never an answer.

    Args:
        path: where the cache keeps them; the name must change when what is drawn does.
        draw: makes the bytes.
    """
    try:
        return path.read_bytes()
    except OSError:
        image = draw()
    try:
        with whole(path) as file:
            file.write_bytes(image)
    except OSError as error:
        log.warning("%s cannot be kept (%s); it will be drawn again", path, error)
    return image
