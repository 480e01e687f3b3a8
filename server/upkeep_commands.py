"""`dragoman delete`, `render`, `release`, `migrate` and `schema`: what keeps a store in order."""

import json
import sys

import click

from records.database import Database
from records.errors import Fault, RecordError
from records.model import Record
from records.schema import migrate as migrate_tables
from records.tables import SCHEMA
from server import publishing, rendering, terminal
from server.config import load_config
from server.load_command import check_diff, complain, moved
from server.reports.report import Report
from server.words import plural

_DELETED = {
    "deleted": "deleted",
    "unchanged": "was deleted already",
    "hidden": "deleted; it was never shown, so that nobody is told",
}
"""What became of a record that was to be deleted."""


@click.command()
@click.argument("identifiers", nargs=-1, required=True, metavar="ID...")
def delete(identifiers: tuple[str, ...]) -> None:
    """Withdraw records: harvesters are told of the deletion, pages and manifests answer 410."""
    with terminal.opened() as library:
        publishing.check_base_url(library.store, library.config)
        results, unknown = publishing.delete(library.store, library.repository(), identifiers)
    for result in results:
        click.echo(f"{result.identifier}: {_DELETED.get(result.outcome, result.problem)}")
    for identifier in unknown:
        click.echo(f"{identifier}: there is no such record; identifiers are those of the input", err=True)
    sys.exit(1 if unknown or any(result.outcome == "refused" for result in results) else 0)


@click.command()
@click.option("--dry-run", is_flag=True, help="Count the datestamps that would move; write nothing.")
@click.option("--diff", is_flag=True, help="With --dry-run: show what would change in each document.")
def render(*, dry_run: bool, diff: bool) -> None:
    """Render all records anew, after the base URL, another setting or a mapping has changed.

    What comes out the same keeps its datestamp.
    """
    check_diff(diff=diff, dry_run=dry_run)
    report = Report()
    tell = click.echo if diff else None
    with terminal.opened() as library:
        repository = library.repository()
        with terminal.progress("records", total=sum(library.store.counts().values())) as progress:
            for result in rendering.render(library.store, repository, dry_run=dry_run, tell=tell, progress=progress):
                report.add(result)
                if result.outcome == "refused":
                    complain(RecordError("", "", result.identifier, (Fault("", result.problem),)))
        refused = report.outcomes["refused"]
        if not dry_run and not refused:
            publishing.remember(library.store, repository)
    total = plural(sum(report.outcomes.values()) - refused, "record")
    click.echo(f"{total} {'would be rendered' if dry_run else 'rendered'}; {moved(report, dry_run=dry_run)}")
    sys.exit(1 if refused else 0)


@click.command()
def release() -> None:
    """Publish the records whose embargo has ended. A running server does so by itself."""
    with terminal.opened() as library:
        publishing.check_base_url(library.store, library.config)
        released = publishing.release(library.store, library.repository())
    click.echo(f"{plural(released, 'record')} released")


@click.command()
def migrate() -> None:
    """Bring the store's tables up to this program, after an update. Stop the servers first."""
    with terminal.explained():
        database = Database(load_config().database_url)
        found = migrate_tables(database)
    done = {None: "made", SCHEMA: "there already"}.get(found, f"reached, coming from {found}")
    click.echo(f"{database.name}: schema {SCHEMA} {done}")


@click.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    click.echo(json.dumps(Record.model_json_schema(), indent=2))
