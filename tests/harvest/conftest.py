"""A real server for real harvesters: `dragoman serve` as a process of its own, with the sample records."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

DRAGOMAN = Path(sys.executable).with_name("dragoman")
SAMPLES = Path(__file__).parents[2] / "records" / "samples"


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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server on loopback with two workers, whose store holds the samples; list pages have four records.

    It runs on the embedded default first, then on PostgreSQL.
    """
    port = _free_port()
    folder = tmp_path_factory.mktemp("site")
    settings = {"DRAGOMAN_BASE_URL": f"http://127.0.0.1:{port}", "DRAGOMAN_PAGE_SIZE": "4"}
    if request.param == "postgresql":
        settings["DRAGOMAN_DATABASE_URL"] = request.getfixturevalue("postgresql_server")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    site = Site(f"http://127.0.0.1:{port}", kept | settings, folder)
    loaded = site.run("load", str(SAMPLES))
    assert loaded.returncode == 0, loaded.stderr
    with (folder / "log").open("wb") as log:
        command = [str(DRAGOMAN), "serve", "--port", str(port), "--workers", "2"]
        server = subprocess.Popen(command, env=site.environment, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(site, server)
            yield site
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=30) == 0, (folder / "log").read_text()


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
