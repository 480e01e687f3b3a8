"""What is known of harvesters, in words: the same on the command line and on the page."""

from datetime import UTC, datetime
from typing import NamedTuple

from records import visits
from records.database import Database
from records.visits import Asked, Tally
from server.words import plural


class Harvester(NamedTuple):
    """One harvester and one list: who, what, how its last harvest went, and the sums of all."""

    name: str
    asked: str
    harvest: str
    sums: str

    def __str__(self) -> str:
        told = (f"{self.name}: {self.asked}", self.harvest, self.sums)
        return "harvester  " + "\n           ".join(filter(None, told))


def harvesters(database: Database) -> list[Harvester]:
    """Return what the store knows of harvesters, the one that was seen last first.

    Raises:
        StoreError: the database does not answer.
    """
    return [_harvester(asked, tally) for asked, tally in visits.read(database).items()]


def _harvester(asked: Asked, tally: Tally) -> Harvester:
    name = f"{asked.agent or '(no name)'} from {asked.network or '(unknown)'}"
    named = f"{asked.verb or '(no verb)'} {asked.prefix}".strip()
    named += f", set {asked.set_spec}" if asked.set_spec else ""
    counts = ((tally.answers, "request"), (tally.records, "record"), (tally.errors, "error"))
    sums = ", ".join([*(plural(count, noun) for count, noun in counts), f"{tally.refused} told to come later (503)"])
    return Harvester(name, named, _harvest(tally), f"{sums}, last seen {_moment(tally.seen)}")


def _harvest(tally: Tally) -> str:
    """Return how the last harvest went, as far as anybody can know it from requests that come one by one."""
    said = []
    if tally.completed is not None:
        extent = "the whole list" if tally.since is None else f"from {_moment(tally.since)}"
        said.append(f"last complete {_moment(tally.completed)}: {plural(tally.harvested or 0, 'record')}, {extent}")
    if tally.begun is not None and tally.begun > (tally.completed or 0):
        said.append(f"begun {_moment(tally.begun)}, not at its end")
    return "; ".join(said)


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
