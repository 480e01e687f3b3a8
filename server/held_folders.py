"""Folders that processes hold as long as they live, so that what killed ones left can be told from what is used."""

import fcntl
import os
import shutil
from pathlib import Path


def hold(folder: Path) -> int:
    """Lock a folder as one that is used, until this process ends or closes the descriptor that it gets.

    Raises:
        OSError: it cannot be locked.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def sweep(parent: Path, prefix: str) -> None:
    """Remove the folders whose names begin so and that nobody holds any more."""
    for folder in parent.glob(f"{prefix}*"):
        if _abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    """Whether no process holds a folder. An empty one may be of a process that starts now, so it stays."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:  # it is somebody else's, or no folder, or gone by now
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return any(folder.iterdir())
    except OSError:  # it is held, or its disk knows no such locks
        return False
    finally:
        os.close(descriptor)
