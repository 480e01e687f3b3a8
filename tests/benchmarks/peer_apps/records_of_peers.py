"""What the peers serve: our records as Dublin Core in a table of JSON, which they map to XML when they are asked."""

import json
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

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


class Selection(NamedTuple):
    """Which records are asked for: stamped from and until, both as the table has them, and in a set or below it."""

    first: str = ""
    last: str = "9999"
    set_spec: str | None = None


ALL = Selection()
_SELECTED = """FROM items WHERE datestamp BETWEEN :first AND :last AND (:set_spec IS NULL
    OR ' ' || sets || ' ' LIKE '% ' || :set_spec || ' %' OR ' ' || sets LIKE '% ' || :set_spec || ':%')"""


def page(path: Path, cursor: int, limit: int = PAGE, selection: Selection = ALL) -> list[Held]:
    """Return a page of a list, in the order of datestamps, as a careful repository would have it."""
    query = f"SELECT identifier, datestamp, sets, dc {_SELECTED} ORDER BY datestamp, identifier LIMIT :limit OFFSET :by"
    return list(map(_held, _rows(path, query, **selection._asdict(), limit=limit, by=cursor)))


def size(path: Path, selection: Selection = ALL) -> int:
    """Return how many records there are."""
    return int(_rows(path, f"SELECT count(*) {_SELECTED}", **selection._asdict())[0][0])


def held(path: Path, identifier: str) -> Held | None:
    """Return a record; None if there is none."""
    query = "SELECT identifier, datestamp, sets, dc FROM items WHERE identifier = :identifier"
    return next(map(_held, _rows(path, query, identifier=identifier)), None)


def sets(path: Path) -> list[str]:
    """Return the setSpec of each set, those above others too."""
    named = {spec for (specs,) in _rows(path, "SELECT DISTINCT sets FROM items") for spec in specs.split()}
    return sorted(named | {spec.partition(":")[0] for spec in named})


def _rows(path: Path, query: str, **values: object) -> list[Any]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(query, values).fetchall()
    connection.close()
    return rows


def _held(row: tuple[str, str, str, str]) -> Held:
    return Held(row[0], row[1], row[2].split(), json.loads(row[3]))
