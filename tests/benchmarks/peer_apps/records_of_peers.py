"""What the peers serve: our records as Dublin Core in a table of JSON, which they map to XML when they are asked."""

import json
import sqlite3
from pathlib import Path
from typing import NamedTuple

PAGE = 500
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"


class Held(NamedTuple):
    """A record: its identifier, datestamp, sets, and the values of each Dublin Core element."""

    identifier: str
    datestamp: str
    sets: list[str]
    values: dict[str, list[str]]


def page(path: Path, cursor: int, limit: int = PAGE) -> list[Held]:
    """Return a page of the list, in the order of datestamps, as a careful repository would have it."""
    query = "SELECT identifier, datestamp, sets, dc FROM items ORDER BY datestamp, identifier LIMIT ? OFFSET ?"
    with sqlite3.connect(path) as connection:
        rows = connection.execute(query, (limit, cursor)).fetchall()
    connection.close()
    return [Held(row[0], row[1], row[2].split(), json.loads(row[3])) for row in rows]


def size(path: Path) -> int:
    """Return how many records there are."""
    with sqlite3.connect(path) as connection:
        found = int(connection.execute("SELECT count(*) FROM items").fetchone()[0])
    connection.close()
    return found
