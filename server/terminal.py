"""What all commands share: how they open the store, show how far they are, and end where nothing can be done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from records.database import StoreError
from records.store import Store
from server.config import ConfigError, load_config
from server.library import Library

IMPOSSIBLE = 2
"""The exit status where nothing could be done."""

EVERY = 10_000
"""Records between two lines of progress, where there is no terminal."""


@contextmanager
def explained() -> Iterator[None]:
    """End with a message where the settings or the store do not allow what was asked."""
    try:
        yield
    except (ConfigError, StoreError) as error:
        click.echo(f"dragoman: {error}", err=True)
        sys.exit(IMPOSSIBLE)


@contextmanager
def opened() -> Iterator[Library]:
    """Give the store that the settings name."""
    with explained():
        config = load_config()
        yield Library(config, Store(config.database_url, config.read_database_url))


@contextmanager
def progress(unit: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how far we are: a bar on a terminal, plain lines elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_progress(unit)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(unit, total=total)
        yield lambda count: shown.advance(task, count)


def _plain_progress(unit: str) -> Callable[[int], None]:
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        before, done = done, done + count
        if done // EVERY > before // EVERY:
            click.echo(f"{done} {unit} so far", err=True)

    return advance
