"""The servers that are measured, each a process of its own on loopback that ends with its block."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

DRAGOMAN = str(Path(sys.executable).with_name("dragoman"))


@dataclass(frozen=True)
class Server:
    """A running server: its address without a path, and its process."""

    url: str
    process: psutil.Process


@dataclass(frozen=True)
class Dragoman:
    """An installation of ours.

    Attributes:
        folder: its working directory, where its store lies unless it is on PostgreSQL.
        settings: its settings beside the address.
    """

    folder: Path
    settings: Mapping[str, str]

    @property
    def database_url(self) -> str:
        """The address of its store."""
        return self.settings.get("DRAGOMAN_DATABASE_URL", f"sqlite:///{self.folder}/var/dragoman.sqlite")

    def environment(self, port: int = 8000) -> dict[str, str]:
        """Return the environment of its commands."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
        return kept | {"DRAGOMAN_BASE_URL": f"http://127.0.0.1:{port}"} | dict(self.settings)

    def run(self, *arguments: str, port: int = 8000) -> psutil.Popen:
        """Start a command."""
        return psutil.Popen(
            [DRAGOMAN, *arguments], cwd=self.folder, env=self.environment(port), stdout=subprocess.DEVNULL
        )

    @contextmanager
    def serving(self, port: int, *, workers: int = 1) -> Iterator[Server]:
        """Serve; the records must have been loaded for that port."""
        command = [DRAGOMAN, "serve", "--port", str(port), "--workers", str(workers)]
        with running(command, port, self.folder, self.environment(port)) as server:
            yield server


@contextmanager
def running(
    command: Sequence[str], port: int, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server and wait until it answers; it is ended by SIGTERM."""
    with (folder / "server.log").open("wb") as log:
        process = psutil.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, folder / "server.log")
        yield Server(url, psutil.Process(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait(url: str, process: psutil.Popen, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer at {url}: {log.read_text()}")


_NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.err;
events {{}}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    gzip_static on;
    default_type text/xml;
    server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[Server]:
    """Serve the files of `folder/pages`, those that end in .gz to clients that take gzip: the limit for any server."""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port))
    with running(["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.err")], port, folder) as server:
        yield server


_CONSTANT = """
from flask import Flask, Response
from pathlib import Path
BODY = Path({file!r}).read_bytes()
app = Flask(__name__)
app.add_url_rule("/constant", view_func=lambda: Response(BODY, mimetype="application/json"))
"""


@contextmanager
def constant(folder: Path, port: int, body: bytes) -> Iterator[Server]:
    """Serve one constant answer by Flask, under the web server that we run under."""
    (folder / "constant.json").write_bytes(body)
    (folder / "constant_app.py").write_text(_CONSTANT.format(file=str(folder / "constant.json")))
    granian = str(Path(sys.executable).with_name("granian"))
    command = [granian, "--interface", "wsgi", "--port", str(port), "--no-ws", "constant_app:app"]
    with running(command, port, folder) as server:
        yield server
