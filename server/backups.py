"""The commands `dragoman backup`, `restore` and `restamp`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from records.backup import back_up
from records.restore import restore as restore_backup
from server import publishing, terminal
from server.words import plural


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def backup(*, file: Path, force: bool) -> None:
    """Write the whole store to one file. Servers and loads may run meanwhile."""
    with terminal.opened() as library, terminal.progress("records") as progress:
        heading = back_up(library.store.database, file, force=force, progress=progress)
    click.echo(f"{file}: {plural(heading['records'], 'record')}, {file.stat().st_size:,} bytes")
    click.echo(f"page images are not in it: copy the folder {library.config.media_folder} too")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the records that the store holds.")
def restore(*, file: Path, force: bool) -> None:
    """Put a backup into the store, SQLite or PostgreSQL, and stamp everything anew for harvesters."""
    with terminal.opened() as library, terminal.progress("records") as progress:
        done = restore_backup(library.store.database, file, force=force, progress=progress)
        library.store.database.take_stock()
    click.echo(f"{plural(done.heading['records'], 'record')} restored, as of {_moment(done.heading['time'])}")
    click.echo(f"{plural(done.stamped, 'record')} stamped anew: harvesters get all of them once more")
    if done.withdrawn:
        are = "is" if done.withdrawn == 1 else "are"
        click.echo(f"{plural(done.withdrawn, 'record')} that harvesters were shown after that {are} deleted for them")
    click.echo(f"load again what was loaded since, and put the page images back into {library.config.media_folder}")
    if other := publishing.other_base_url(library.store, library.config):
        click.echo(f"NOTE: the documents carry the base URL {other}; run 'dragoman render'", err=True)


@click.command()
def restamp() -> None:
    """Stamp everything anew, after the database was restored by other means than 'dragoman restore'."""
    with terminal.opened() as library:
        stamped = library.store.restamp()
    click.echo(f"{plural(stamped, 'record')} stamped anew: harvesters get all of them once more")


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
