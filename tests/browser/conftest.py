"""Fixtures of the browser's tests: a server on the loopback interface, records in it, Chromium, what it asked for."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright
from werkzeug.serving import make_server

from records.model import Collection, Record
from server import publishing
from server.application import create_app
from server.config import Config
from server.library import Library
from tests.browser.chromium import launched
from tests.browser.packages import MissingError, Package

OF_MIRADOR = "Accessing element.ref was removed in React 19"
"""What Mirador 4.0.0 says of itself on every page; it harms nothing."""


@dataclass
class Visit:
    """A page of the browser, and what went wrong on it."""

    page: Page
    base_url: str
    faults: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Take note of requests that leave, that fail, and of what the console calls an error."""
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failed)
        self.page.on("response", self._on_response)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def open(self, path: str) -> None:
        """Open a page of the server, and wait until it asks for nothing any more."""
        self.page.goto(self.base_url + path)
        self.page.wait_for_load_state("networkidle")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.faults.append(f"left the server: {request.url}")

    def _on_failed(self, request: Request) -> None:
        """Take note of what did not come.

        A viewer calls tiles off that it needs no longer, and the browser the icon of a page that is left before it has
        come, which is an image too, though Chromium does not say so.
        """
        image = request.resource_type == "image" or "/static/icon.svg?" in request.url
        if not image or request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} ({request.failure})")

    def wait_for_image(self, part: str) -> None:
        """Wait until an image has come in whose address this part stands."""
        if not any(part in image for image in self.images):
            self.page.wait_for_event("response", lambda answer: part in answer.url and answer.status < 400)

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")
        elif response.request.resource_type == "image":
            self.images.append(response.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and OF_MIRADOR not in message.text:
            self.faults.append(f"console: {message.text}")


@pytest.fixture(scope="session")
def browser(need: Callable[[str], NoReturn]) -> Iterator[Browser]:
    """Start the Chromium of this host."""
    with sync_playwright() as playwright:
        try:
            browser = launched(playwright)
        except MissingError as error:
            need(str(error))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Run a server on a free port of the loopback interface over an empty store; gives its settings and store."""
    folder = tmp_path_factory.mktemp("server")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = Config(
            database_url=f"sqlite:///{folder / 'dragoman.sqlite'}",
            base_url=f"http://127.0.0.1:{port}",
            repository_name="An archive",
            media_folder=folder / "media",
            cache_folder=folder / "cache",
        )
        app = create_app(config)
        server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield app.extensions["dragoman"]
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["dragoman"].store.database.close()


@pytest.fixture(scope="module")
def put(library: Library) -> Callable[..., Record]:
    """Give a function that publishes a record as a load does."""

    def put_one(*collections: Collection, **fields: Any) -> Record:  # noqa: ANN401 - any field of a record
        record = Record.model_validate(fields)
        library.store.put_collections(collections)
        library.store.publish([publishing.publication(record, library.repository(), publishing.today())])
        return record

    return put_one


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def visit(request: pytest.FixtureRequest, browser: Browser, library: Library) -> Iterator[Visit]:
    """Open an empty page of the browser, as wide as a screen on a desk and as a phone."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    visit = Visit(context.new_page(), library.config.base_url)
    visit.watch()
    yield visit
    context.close()


@pytest.fixture
def viewer(need: Callable[[str], NoReturn], library: Library) -> Path:
    """Give Mirador's file."""
    if not library.config.viewer_file.is_file():
        need("Mirador is missing: run `make viewer`")
    return library.config.viewer_file


@pytest.fixture(scope="session")
def fetched(need: Callable[[str], NoReturn]) -> Callable[[Package], Path]:
    """Give a function that gives the folder of a package of npm."""

    def fetch(package: Package) -> Path:
        try:
            return package.fetch()
        except MissingError as error:
            need(str(error))

    return fetch
