"""`dragoman status`: what the store holds, whether it is up to date, and who harvests it."""

import click

from server import publishing, terminal
from server.harvesting import bookmarks
from server.watching.report import harvesters


@click.command()
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
        terminal.say_warnings(library)
