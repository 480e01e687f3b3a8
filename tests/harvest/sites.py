"""Real servers: `dragoman serve` as a process of its own on loopback, and commands on the same store."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import requests

DRAGOMAN = Path(sys.executable).with_name("dragoman")
HOUSE = Path(__file__).parents[2]
SAMPLES = HOUSE / "records" / "samples"


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

    @property
    def log(self) -> Path:
        """Where its server says what it does."""
        return self.folder / f"log-{self.base_url.rpartition(':')[2]}"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ours on the same store."""
        command = [str(DRAGOMAN), *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60
        )


@dataclass(frozen=True)
class Server:
    """A server's first process."""

    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """Kill it and all the processes that answer for it, as a power cut does."""
        every = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        for each in every:
            each.kill()
        self.process.wait()
        psutil.wait_procs(every)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settled(folder: Path, settings: dict[str, str]) -> Site:
    """Return a site that is to run on loopback, with settings named as in the environment, but no others."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    ours = {"DRAGOMAN_BASE_URL": f"http://127.0.0.1:{port}", "PYTHONPATH": str(HOUSE)}
    return Site(f"http://127.0.0.1:{port}", kept | ours | settings, folder)


@contextmanager
def started(site: Site, *, workers: int = 2, program: Sequence[str] = (str(DRAGOMAN),)) -> Iterator[Server]:
    """Run a server of a site; it is told to end, and must, unless it was killed.

    Args:
        site: where it answers, and its settings.
        workers: how many processes answer.
        program: what runs the commands.
    """
    port = site.base_url.rpartition(":")[2]
    command = [*program, "serve", "--port", port, "--workers", str(workers)]
    with site.log.open("ab") as file:
        process = subprocess.Popen(command, env=site.environment, cwd=site.folder, stdout=file, stderr=file)
        server = Server(process)
        try:
            _wait(site, process)
            yield server
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=30) == 0, site.log.read_text()


@contextmanager
def serving(folder: Path, inputs: Path, settings: dict[str, str], *, workers: int = 2) -> Iterator[Site]:
    """Load a folder of inputs and run a server for it on loopback, with settings named as in the environment."""
    site = settled(folder, settings)
    loaded = site.run("load", str(inputs))
    assert loaded.returncode == 0, loaded.stderr
    with started(site, workers=workers):
        yield site


def _wait(site: Site, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{site.base_url}/healthz", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
        assert server.poll() is None, site.log.read_text()
    pytest.fail(site.log.read_text())
