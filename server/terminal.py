"""What all commands share: how they open the store, show how far they are, and end where nothing can be done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from records.database import StoreError
from records.store import Store
from server import publishing
from server.config import Config, ConfigError, load_config
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
def progress(unit: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """Show how far we are, how fast and how long it will take: a bar on a terminal, plain lines elsewhere.

    Args:
        unit: what is counted.
        total: how many there are, if that is known.

    Yields:
        A function that is told how many more were done and, where the total is not known, which share of all (0 to 1).
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_progress(unit, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as shown:
        task = shown.add_task(unit, total=1)
        pace = _Pace(total)

        def advance(count: int, share: float | None = None) -> None:
            pace.add(count, share)
            shown.update(task, completed=pace.share, description=f"{pace.done:,} {unit}, {pace.rate:,.0f}/s")

        yield advance


class _Pace:
    """How many are done, how many in a second, and how long the rest will take."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._began = monotonic()
        self.done = 0
        self.share = 0.0

    def add(self, count: int, share: float | None) -> None:
        self.done += count
        self.share = share if share is not None else min(1.0, self.done / self._total) if self._total else 0.0

    @property
    def rate(self) -> float:
        return self.done / max(monotonic() - self._began, 0.001)

    def __str__(self) -> str:
        if not self.share:
            return f"{self.rate:.0f}/s"
        left = (monotonic() - self._began) * (1 - self.share) / self.share
        return f"{self.rate:.0f}/s, {self.share:.0%}, {timedelta(seconds=round(left))} left"


def _plain_progress(unit: str, total: int | None) -> Callable[..., None]:
    pace = _Pace(total)

    def advance(count: int, share: float | None = None) -> None:
        before = pace.done
        pace.add(count, share)
        if pace.done // EVERY > before // EVERY:
            click.echo(f"{pace.done} {unit} so far ({pace})", err=True)

    return advance


def say_outdated(library: Library) -> None:
    """Say so where what the store holds was rendered with other mappings or settings."""
    if publishing.outdated(library.store, library.repository()):
        click.echo(
            "NOTE: mappings or settings have changed since the records were rendered; run 'dragoman render'", err=True
        )


def say_warnings(library: Library) -> None:
    """Say what staff ought to do before harvesters come."""
    say_outdated(library)
    if library.config.is_example:
        click.echo(_example_warning(library.config), err=True)


def _example_warning(config: Config) -> str:
    return (
        f"WARNING: this repository runs under names that are reserved for examples ({config.repository_identifier}, "
        f"{config.admin_email}).\n         Before harvesters come, set DRAGOMAN_REPOSITORY_IDENTIFIER and "
        f"DRAGOMAN_ADMIN_EMAIL: identifiers carry the first for ever."
    )
