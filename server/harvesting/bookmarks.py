"""Bookmarks: how far each harvest of another repository has come, kept among the facts of the store."""

import json
from dataclasses import dataclass
from typing import NamedTuple

from records.store import Store

_FACT = "harvest "


class Source(NamedTuple):
    """What is harvested: an endpoint's records in a format, of one set or of all (an empty set spec)."""

    endpoint: str
    prefix: str
    set_spec: str = ""

    def __str__(self) -> str:
        return f"{self.endpoint} {self.prefix}{f' {self.set_spec}' if self.set_spec else ''}"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far a harvest has come.

    Attributes:
        complete: the responseDate of the first page of the last complete harvest, where the next one begins; None
            before the first.
        begun: the responseDate of the first page of one that is not complete; None if there is none.
        start: the `from` of that one; None for the beginning.
        token: the resumptionToken with which that one goes on.
    """

    complete: str | None = None
    begun: str | None = None
    start: str | None = None
    token: str | None = None

    def __str__(self) -> str:
        last = f"last complete {self.complete}" if self.complete else "never complete yet"
        return f"{last}, interrupted; load it again, it will go on" if self.token else last


def read(store: Store, source: Source) -> Bookmark:
    """Return how far a harvest has come; an empty bookmark if it never was begun."""
    return _read(store.facts().get(_name(source)))


def write(store: Store, source: Source, bookmark: Bookmark) -> None:
    """Remember how far a harvest has come."""
    stated = {name: value for name in Bookmark.__slots__ if (value := getattr(bookmark, name)) is not None}
    store.put_fact(_name(source), json.dumps(stated))


def every(store: Store) -> dict[Source, Bookmark]:
    """Return all harvests that were begun, and how far they have come."""
    named = sorted((name, value) for name, value in store.facts().items() if name.startswith(_FACT))
    return {Source(*json.loads(name.removeprefix(_FACT))): _read(value) for name, value in named}


def _name(source: Source) -> str:
    return _FACT + json.dumps(source)


def _read(stated: str | None) -> Bookmark:
    return Bookmark(**json.loads(stated)) if stated else Bookmark()
