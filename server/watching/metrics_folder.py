"""The folder in which the processes of one server count together.

It goes when the server ends. What a killed server left is removed by the next one that starts: each process locks the
folder as long as it lives, since those that answer outlive a first process that is killed, and still count there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from server import held_folders

_PREFIX = "dragoman-metrics-"


@contextmanager
def metrics_folder() -> Iterator[str]:
    """Make the folder of a server that starts, and remove it in the end; those that nobody uses any more go too."""
    held_folders.sweep(Path(gettempdir()), _PREFIX)
    with TemporaryDirectory(prefix=_PREFIX) as made:
        hold(made)
        yield made


def hold(folder: str) -> None:
    """Lock a folder as one that is used, as long as this process lives."""
    held_folders.hold(Path(folder))
