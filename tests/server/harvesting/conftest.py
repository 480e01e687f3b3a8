"""Repositories on loopback to harvest: one of ours, and one that answers whatever it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from lxml.etree import _Element
from werkzeug.serving import make_server

from records.errors import RecordError
from records.readers import salvage, xml
from records.readers.found import Taken, Told
from records.readers.place import Place, identity
from server import processes
from server.application import create_app
from server.config import Config
from server.harvesting.harvest import Harvest, Wanted
from server.harvesting.repository import Manners, Repository
from server.library import Library
from server.loading import Load
from tests.server.harvesting.repositories import OAI, Harvesting, Origin, Outcome, Strange, usual

OAI_DC = f"{{{OAI}oai_dc/}}dc"
TITLE = "{http://purl.org/dc/elements/1.1/}title"


def _read(root: _Element, place: Place) -> Taken | RecordError:
    """Return a record with the title of simple Dublin Core, and no more."""
    record, _apart = salvage.record({**identity(place), "titles": [{"text": root.findtext(TITLE)}]})
    return Taken(record, Told(place.position))


@pytest.fixture(autouse=True)
def readable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing but simple Dublin Core read, by this process."""
    monkeypatch.setattr(xml, "FORMATS", {OAI_DC: _read})
    monkeypatch.setattr(processes, "PROCESSES", 1)


@contextmanager
def _serving(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[Origin]:
    """Give an empty repository of ours that answers, with list pages of two records."""
    outer = Flask("origin")
    with _serving(outer) as base_url:
        config = Config(
            base_url=base_url,
            database_url=f"sqlite:///{tmp_path / 'origin.sqlite'}",
            page_size=2,
            repository_identifier="origin.example.org",
            repository_name="Origin",
            media_folder=tmp_path / "origin-media",
            cache_folder=tmp_path / "origin-cache",
        )
        app = create_app(config)
        origin = Origin(app.extensions["dragoman"])

        def answer(environment: Any, start: Any) -> Any:  # noqa: ANN401 - WSGI
            origin.asked.append(dict(parse_qsl(environment["QUERY_STRING"])))
            return app.wsgi_app(environment, start)

        outer.wsgi_app = answer  # type: ignore[assignment,method-assign]
        yield origin
        origin.library.store.close()


@pytest.fixture
def harvest(library: Library) -> Harvesting:
    """Give a function that harvests an endpoint into the application's store; no time goes by."""

    def run(endpoint: str, *, dry_run: bool = False, **wanted: Any) -> Outcome:  # noqa: ANN401 - what is asked
        said: list[str] = []
        faults: list[str] = []
        slept: list[float] = []
        manners = Manners("staff@library.example.edu", sleep=slept.append)
        source = Harvest(Repository(endpoint, manners), Wanted(**wanted), library.store)
        load = Load(library, dry_run, lambda finding: faults.append(str(finding)), say=said.append)
        return Outcome(load.run([], [source]), said, faults, slept)

    return run


@pytest.fixture
def strange() -> Iterator[Strange]:
    """Give a repository that answers lists as it is told to, and the rest as it should."""
    found = Strange("", lambda _query: (404, {}, b""))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            found.agents.add(self.headers["User-Agent"])
            status, headers, body = usual(query) if query["verb"] != "ListRecords" else found.answer(query)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", headers.get("Content-Length", str(len(body))))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    found.endpoint = f"http://127.0.0.1:{server.server_port}/oai"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()
