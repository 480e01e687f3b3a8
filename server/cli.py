"""The command `dragoman`: reads its arguments, calls, prints, and ends with a status that says how it went.

Status 0: done; 1: some input could not be taken; 2: nothing could be done (settings, store, usage).
`dragoman check` ends with 1 where it found something that counts.
"""

import json
import socket
import sys
from urllib.parse import urlsplit

import click

from mappings.iiif import uris
from records.database import Database
from records.errors import Fault, RecordError
from records.model import Record
from records.schema import migrate as migrate_tables
from records.tables import SCHEMA
from server import backups, publishing, rendering, terminal
from server.check.command import check
from server.config import Config, ConfigError, load_config
from server.export_command import export
from server.harvesting import bookmarks
from server.library import Library, read_record
from server.load_command import check_diff, complain, load, moved, say_outdated
from server.reports.report import Report
from server.template_command import template
from server.watching.report import harvesters
from server.words import plural

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
"""Hosts that are this machine, so that the port of the base URL is the one to listen at."""

_DELETED = {
    "deleted": "deleted",
    "unchanged": "was deleted already",
    "hidden": "deleted; it was never shown, so that nobody is told",
}
"""What became of a record that was to be deleted."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dragoman", message="dragoman %(version)s")
def main() -> None:
    """Dragoman: an archive's records for harvesters (OAI-PMH) and viewers (IIIF)."""


@main.command()
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


@main.command()
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


@main.command()
def release() -> None:
    """Publish the records whose embargo has ended. A running server does so by itself."""
    with terminal.opened() as library:
        publishing.check_base_url(library.store, library.config)
        released = publishing.release(library.store, library.repository())
    click.echo(f"{plural(released, 'record')} released")


@main.command()
def migrate() -> None:
    """Bring the store's tables up to this program, after an update. Stop the servers first."""
    with terminal.explained():
        database = Database(load_config().database_url)
        found = migrate_tables(database)
    done = {None: "made", SCHEMA: "there already"}.get(found, f"reached, coming from {found}")
    click.echo(f"{database.name}: schema {SCHEMA} {done}")


for command in (backups.backup, backups.restore, backups.restamp, check, load, template, export):
    main.add_command(command)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen at.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
def serve(host: str, port: int, workers: int) -> None:
    """Answer harvesters, viewers and readers until stopped (Ctrl-C)."""
    from server.listening import listen  # noqa: PLC0415 - the web server is loaded where it is needed

    with terminal.opened() as library:
        publishing.check_base_url(library.store, library.config)
        _check_free(host, port)
        _say_serving(library, host, port)
        library.store.close()  # the processes that answer open their own
    listen(host, port, workers)


@main.command()
def status() -> None:
    """Say what the store holds, whether it is up to date, and who harvests it."""
    with terminal.opened() as library:
        counts = library.store.counts()
        click.echo(f"store      {library.store.database.name}")
        click.echo(f"base URL   {library.config.base_url}")
        click.echo(f"records    {counts['shown']} shown, {counts['hidden']} hidden, {counts['withdrawn']} withdrawn")
        for row in library.store.sets():
            click.echo(f"set        {row.spec}{f' ({row.collection.title})' if row.collection else ''}")
        for source, bookmark in bookmarks.every(library.store).items():
            click.echo(f"harvest    {source}, {bookmark}")
        for harvester in harvesters(library.store.database):
            click.echo(str(harvester))
        if other := publishing.other_base_url(library.store, library.config):
            click.echo(f"NOTE: the documents carry the base URL {other}; run 'dragoman render'", err=True)
        _say_warnings(library)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    click.echo(json.dumps(Record.model_json_schema(), indent=2))


def _check_free(host: str, port: int) -> None:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise ConfigError(
            f"cannot listen at {host}:{port} ({error.strerror}); choose another --host or --port"
        ) from None


def _say_serving(library: Library, host: str, port: int) -> None:
    config = library.config
    repository = library.repository()
    click.echo(f"Dragoman listens at {host}:{port} and serves {library.store.counts()['shown']} records:")
    click.echo(f"  for people      {uris.front_page(config.base_url)}")
    click.echo(f"  for harvesters  {uris.oai_endpoint(config.base_url)}?verb=Identify")
    click.echo(f"  for viewers     {uris.top_collection(repository)}")
    for _sequence, _identifier, stated in library.store.members(None, publishing.MANIFEST, limit=1):
        click.echo(f"  a record        {uris.record_page(repository, read_record(stated, repository))}")
    base = urlsplit(config.base_url)
    if base.hostname in LOOPBACK and (base.port or 80) != port:
        click.echo(f"NOTE: all documents carry the addresses of DRAGOMAN_BASE_URL, {config.base_url}", err=True)
    _say_warnings(library)


def _say_warnings(library: Library) -> None:
    say_outdated(library)
    if library.config.is_example:
        click.echo(_example_warning(library.config), err=True)


def _example_warning(config: Config) -> str:
    return (
        f"WARNING: this repository runs under names that are reserved for examples ({config.repository_identifier}, "
        f"{config.admin_email}).\n         Before harvesters come, set DRAGOMAN_REPOSITORY_IDENTIFIER and "
        f"DRAGOMAN_ADMIN_EMAIL: identifiers carry the first for ever."
    )
