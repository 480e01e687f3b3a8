"""`dragoman serve`: the settings are looked at, what is served is said, then the web server runs.

What no answer needs is not imported here: every process that answers would keep it.
"""

import socket
from urllib.parse import urlsplit

import click

from mappings.iiif import uris
from server import publishing, terminal
from server.config import ConfigError
from server.library import Library
from server.listening import listen

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
"""Hosts that are this machine, so that the port of the base URL is the one to listen at."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen at.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
def serve(host: str, port: int, workers: int) -> None:
    """Answer harvesters, viewers and readers until stopped (Ctrl-C)."""
    with terminal.opened() as library:
        publishing.check_base_url(library.store, library.config)
        _check_free(host, port)
        _say_serving(library, host, port)
        library.store.close()  # the processes that answer open their own
    listen(host, port, workers)


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
    for member in library.store.members(None, publishing.MANIFEST, limit=1):
        click.echo(f"  a record        {uris.page_of(config.base_url, member.identifier)}")
    base = urlsplit(config.base_url)
    if base.hostname in LOOPBACK and (base.port or 80) != port:
        click.echo(f"NOTE: all documents carry the addresses of DRAGOMAN_BASE_URL, {config.base_url}", err=True)
    terminal.say_warnings(library)
