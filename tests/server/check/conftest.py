"""The real application behind a real HTTP server on loopback, sound or with a fault."""

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest

from server.application import create_app
from server.check.client import Client
from server.check.findings import CannotCheckError, Report
from server.check.oai_pmh import check, most_requests
from server.check.oai_pmh.survey import Survey
from server.check.schemas import Catalog, Schemas
from server.config import Config
from server.library import Library
from server.loading import Load
from tests.server.check.faulty import Fault, Faulty
from tests.server.check.iiif.site import Site

RECORDS: list[dict[str, object]] = [
    {
        "identifier": f"letter-{number}",
        "titles": [{"text": f"Title of letter {number}", "language": "en"}],
        "collections": ["letters:early"],
        "visibility": "deleted" if number == 8 else "public",
    }
    for number in range(1, 10)
]
"""Three list pages of three, with one deletion."""

COLLECTIONS = """
[[collection]]
spec = "letters"
title = "Lettres à un ami"
[[collection]]
spec = "letters:early"
title = "Early letters"
"""


def nowhere(address: str) -> bytes:
    """Have no schema. A source of schemas."""
    raise CannotCheckError(f"{address} is not here")


NO_SCHEMAS = Schemas(nowhere)


@dataclass(frozen=True)
class Provider:
    """A running endpoint whose faults can be chosen."""

    url: str
    faulty: Faulty
    library: Library

    def checked(self, fault: Fault, schemas: Schemas | None = None, sample: int | None = 100) -> Report:
        """Return what a check finds where it has a fault."""
        self.faulty.take(fault)
        client = Client(most_requests(sample), pause=0, allow_private=True)
        return check(Survey(client, self.url, sample=sample), schemas or NO_SCHEMAS)


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def listening(server: WSGIServer) -> Iterator[None]:
    """Let a server answer."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def providing(folder: Path) -> Iterator[Provider]:
    """Give the application over nine records, at a real HTTP server."""
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        base_url = f"http://127.0.0.1:{server.server_port}"
        database_url = f"sqlite:///{folder}/store.sqlite"
        app = create_app(
            Config(base_url=base_url, database_url=database_url, page_size=3, media_folder=folder / "media")
        )
        library: Library = app.extensions["dragoman"]
        (folder / "in").mkdir()
        (folder / "in" / "collections.toml").write_text(COLLECTIONS)
        load(library, folder / "in", RECORDS)
        faulty = Faulty(app)
        server.set_app(faulty)
        with listening(server):
            time.sleep(1.1)  # what is stamped in the second of a check may have changed during it
            yield Provider(f"{base_url}/oai", faulty, library)
        library.store.database.close()


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """Give an endpoint for all tests, over records that stay as they are."""
    with providing(tmp_path_factory.mktemp("checked")) as provider:
        yield provider


@pytest.fixture
def own_provider(tmp_path: Path) -> Iterator[Provider]:
    """Give an endpoint for one test, which may change the records."""
    with providing(tmp_path) as provider:
        yield provider


def load(library: Library, folder: Path, records: Sequence[Mapping[str, object]]) -> None:
    """Load records as the command does."""
    (folder / "records.json").write_text(json.dumps(records))
    run = Load(library, dry_run=False, tell=lambda finding: pytest.fail(str(finding)))
    run.run([folder])


@pytest.fixture(scope="session")
def official_schemas() -> Schemas | None:
    """Give the official schemas, where there are any."""
    named = os.environ.get("DRAGOMAN_SCHEMAS")
    return Schemas(Catalog(Path(named))) if named else None


@pytest.fixture(scope="session")
def running_site() -> Iterator[Site]:
    """Give the archive for all tests."""
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        site = Site(f"http://127.0.0.1:{server.server_port}")
        server.set_app(site)
        with listening(server):
            yield site


@pytest.fixture
def site(running_site: Site) -> Site:
    """Give the archive, sound again."""
    running_site.renew()
    return running_site
