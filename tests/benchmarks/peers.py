"""Providers that others wrote: installed in an environment of their own, and filled with our records."""

import json
import os
import sqlite3
import subprocess
import venv
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from lxml import etree

from tests.benchmarks.harvester import Harvester, list_records
from tests.benchmarks.servers import Server, running

APPS = Path(__file__).with_name("peer_apps")
PACKAGES = ("flask", "granian", "oaipmh==4.0.0", "oai_repo==0.5.2")
PEERS = {"pyoai (oaipmh 4.0.0)": "pyoai_app", "oai_repo 0.5.2": "oai_repo_app"}

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_TABLE = "CREATE TABLE items (identifier TEXT PRIMARY KEY, datestamp TEXT, sets TEXT, dc TEXT)"


def fill(connection: sqlite3.Connection, harvester: Harvester) -> None:
    """Put what a harvest of Dublin Core gives into the table that peers read: as JSON, which they map when asked."""
    connection.execute(_TABLE)
    connection.execute("CREATE INDEX items_by_time ON items (datestamp, identifier)")
    next_page, token, pages = list_records(), "", 0
    while token or not pages:
        root = etree.fromstring(harvester.get(next_page(pages, token)))
        connection.executemany("INSERT INTO items VALUES (?, ?, ?, ?)", map(_row, root.iter(f"{_OAI}record")))
        token, pages = root.findtext(f"{_OAI}ListRecords/{_OAI}resumptionToken") or "", pages + 1


def _row(record: etree._Element) -> tuple[str, str, str, str]:
    header = record[0]
    values: dict[str, list[str]] = {}
    for element in record[1][0]:
        values.setdefault(etree.QName(element).localname, []).append(str(element.text))
    sets = " ".join(str(spec.text) for spec in header.iter(f"{_OAI}setSpec"))
    return str(header[0].text), str(header[1].text), sets, json.dumps(values)


def installed(folder: Path, table: Path, port: int) -> Iterator[tuple[str, AbstractContextManager[Server]]]:
    """Install the peers and yield each by its name, to be run.

    Args:
        folder: where their environment is made.
        table: the table that they read.
        port: where they answer, one after the other.
    """
    venv.create(folder / "peers", with_pip=True)
    programs = folder / "peers" / "bin"
    subprocess.run([programs / "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
    environment = os.environ | {"PEER_TABLE": str(table), "PYTHONPATH": str(APPS)}
    for name, app in PEERS.items():
        command = [str(programs / "granian"), "--interface", "wsgi", "--port", str(port), "--no-ws", f"{app}:app"]
        yield name, running(command, port, folder, environment)
