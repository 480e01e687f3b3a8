"""The folder in which the processes of one server count together.

It goes when the server ends. What a killed server left is removed by the next one that starts: each process locks the
folder as long as it lives, since those that answer outlive a first process that is killed, and still count there.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

_PREFIX = "dragoman-metrics-"


@contextmanager
def metrics_folder() -> Iterator[str]:
    """Make the folder of a server that starts, and remove it in the end; those that nobody uses any more go too."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        if _abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)
    with TemporaryDirectory(prefix=_PREFIX) as made:
        hold(made)
        yield made


def hold(folder: str) -> None:
    """Lock a folder as one that is used, as long as this process lives."""
    fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_SH)


def _abandoned(folder: Path) -> bool:
    """Whether no process holds a folder. An empty one may be a server's that starts now, so it stays."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:  # it is somebody else's, or no folder, or gone by now
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return any(folder.iterdir())
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
