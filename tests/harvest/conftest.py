"""A real server for real harvesters: `dragoman serve` as a process of its own, with the sample records."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from PIL import Image

DRAGOMAN = Path(sys.executable).with_name("dragoman")
SAMPLES = Path(__file__).parents[2] / "records" / "samples"


STAFF_PASSWORD = "correct horse"


@dataclass(frozen=True)
class Site:
    """A running server.

    Attributes:
        base_url: where it answers.
        environment: what its commands need to know.
        folder: its working directory.
    """

    base_url: str
    environment: dict[str, str]
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ours on the same store."""
        command = [str(DRAGOMAN), *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, inputs: Path, settings: dict[str, str], *, workers: int = 2) -> Iterator[Site]:
    """Load a folder of inputs and run a server for it on loopback, with settings named as in the environment."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    site = Site(f"http://127.0.0.1:{port}", kept | {"DRAGOMAN_BASE_URL": f"http://127.0.0.1:{port}"} | settings, folder)
    loaded = site.run("load", str(inputs))
    assert loaded.returncode == 0, loaded.stderr
    with (folder / "log").open("wb") as log:
        command = [str(DRAGOMAN), "serve", "--port", str(port), "--workers", str(workers)]
        server = subprocess.Popen(command, env=site.environment, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(site, server)
            yield site
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=30) == 0, (folder / "log").read_text()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server on loopback with two workers, whose store holds the samples; list pages have four records.

    It runs on the embedded default first, then on PostgreSQL.
    """
    settings = {"DRAGOMAN_PAGE_SIZE": "4", "DRAGOMAN_STAFF_PASSWORD": STAFF_PASSWORD}
    if request.param == "postgresql":
        settings["DRAGOMAN_DATABASE_URL"] = request.getfixturevalue("module_postgresql_url")
    with serving(tmp_path_factory.mktemp("site"), SAMPLES, settings) as site:
        yield site


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server with one worker that answers one list request at a time.

    Its records are long: each of its list pages, and its page image, is many megabytes.
    """
    inputs, folder = tmp_path_factory.mktemp("inputs"), tmp_path_factory.mktemp("crowded")
    records: list[dict[str, object]] = [
        {"identifier": f"long-{number}", "titles": [{"text": "Long"}], "abstracts": [{"text": "word " * 400_000}]}
        for number in range(8)
    ]
    records[0]["pages"] = [{"file": "noise.png"}]
    Image.effect_noise((2000, 1500), 100).convert("RGB").save(inputs / "noise.png", compress_level=0)
    (inputs / "long.json").write_text(json.dumps(records))
    settings = {"DRAGOMAN_PAGE_SIZE": "4", "DRAGOMAN_LIST_REQUESTS": "1"}
    with serving(folder, inputs, settings, workers=1) as site:
        yield site


def _wait(site: Site, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{site.base_url}/healthz", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
        assert server.poll() is None, (site.folder / "log").read_text()
    pytest.fail((site.folder / "log").read_text())
