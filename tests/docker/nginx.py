"""nginx as docker/nginx.conf configures it, before servers on loopback."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from tests.harvest.sites import HOUSE

CONFIGURATION = (HOUSE / "docker" / "nginx.conf").read_text()
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.err;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
IMAGES = "images:9000"
"""The image server's name there."""


@contextmanager
def running(
    folder: Path,
    need: Callable[[str], NoReturn],
    port: int,
    servers: Sequence[str],
    otherwise: Mapping[str, str],
) -> Iterator[str]:
    """Run nginx with that configuration but for names and ports; gives its address.

    Args:
        folder: where it keeps its files.
        need: ends the test where there is no nginx.
        port: where it listens.
        servers: host and port of each replica of Dragoman.
        otherwise: what is to stand there instead of what.
    """
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin") or need("nginx is missing (Debian: nginx-light)")
    upstream = "\n".join(f"server {server};" for server in servers)
    changes = {
        IMAGES: "127.0.0.1:9",
        "server app:8000;": upstream,
        "listen 80;": f"listen 127.0.0.1:{port};",
    }
    configuration = CONFIGURATION
    for written, wanted in (changes | dict(otherwise)).items():
        assert written in configuration
        configuration = configuration.replace(written, wanted)
    (folder / "site.conf").write_text(configuration)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    for above in (folder, *folder.parents[:3]):
        above.chmod(0o755)  # nginx answers as another user
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.err")])
    deadline = time.monotonic() + 20
    while not (folder / "nginx.pid").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    assert process.wait(timeout=20) == 0, (folder / "nginx.err").read_text()
