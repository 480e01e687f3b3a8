"""`dragoman export`: records go out as files."""

import sys
from pathlib import Path

import click

from server import publishing, terminal
from server.exporting.export import Export, Exported
from server.exporting.forms import FORMS
from server.words import plural


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("identifiers", nargs=-1, metavar="[ID...]")
@click.option("--format", "form", required=True, type=click.Choice(list(FORMS)), help="What the files hold.")
@click.option("--set", "spec", default="", help="Only records of this set, and of those below it.")
@click.option("--single", is_flag=True, help="Write one file of all records, not a folder with a file for each.")
def export(*, target: Path, identifiers: tuple[str, ...], form: str, spec: str, single: bool) -> None:
    """Write records to files: as harvesters get them, or as they were stated (json, jsonl, csv).

    TARGET, a new folder, or a new file with --single and for jsonl and csv, has its name once it is whole.
    """
    with terminal.opened() as library:
        publishing.check_base_url(library.store, library.config)
        with terminal.progress("records") as progress:
            exporting = Export(library, form, identifiers, spec, progress, _complain)
            done = exporting.to_file(target) if single or not FORMS[form].apart else exporting.to_folder(target)
        _say(done, target, form)
        if done.kept_images:
            media = library.config.media_folder
            again = f"to load {target.name} again, put it into that folder"
            click.echo(f"media files that stay in {media}: {done.kept_images}; {again}")
    for identifier in done.unknown:
        click.echo(f"{identifier}: there is no such record; identifiers are those of the input", err=True)
    sys.exit(1 if done.unknown or done.missing else 0)


def _complain(line: str) -> None:
    click.echo(line, err=True)


def _say(done: Exported, target: Path, form: str) -> None:
    images = f" with {plural(done.images, 'media file')}" if done.images else ""
    click.echo(f"{target}: {plural(done.records, 'record')}{images}")
    if done.without:
        click.echo(f"not in it, since harvesters get no {form} of them: {plural(done.without, 'record')}")
    for field, count in sorted(done.lost.items()):
        click.echo(f"not in a sheet, or not wholly: {field} ({plural(count, 'value')})")
