"""Harvesters that come again and again for what changed, and what they hold compared with what the store holds."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
from lxml import etree
from sickle import Sickle
from sickle.iterator import OAIResponseIterator
from sickle.oaiexceptions import NoRecordsMatch

from records.activities import MANIFEST
from records.store import Selection, Store
from tests.consumer import Answer, Consumer
from tests.told import told

OAI = "{http://www.openarchives.org/OAI/2.0/}"
EMPTY = {"noRecordsMatch", "noSetHierarchy"}
"""The errors that say that a list holds nothing, or nothing yet."""


def canonical(element: Any) -> bytes:  # noqa: ANN401 - an element
    """Return a document as bytes that do not depend on where it stands."""
    return etree.tostring(element, method="c14n", exclusive=True)


@dataclass
class Harvester:
    """A harvester of one list: keeps what it was told, and asks `from` the responseDate of its last answer.

    Attributes:
        urls: the endpoints; it asks them in turn, page by page.
        prefix: the metadataPrefix.
        set_spec: the set, None for all.
        held: documents by identifier, None for a deletion.
        since: the responseDate of the last answer.
        harvests: how many lists it read to the end.
        pages: how many answers it got.
    """

    urls: list[str]
    prefix: str
    set_spec: str | None = None
    held: dict[str, bytes | None] = field(default_factory=dict)
    since: str | None = None
    harvests: int = 0
    pages: int = 0

    def harvest(self) -> None:
        """Read the list of what changed to its end."""
        self.keep(self.answers())
        self.harvests += 1

    def keep(self, answers: Iterable[Any]) -> None:
        """Take in the answers of a list, up to its last one."""
        for answer in answers:
            told = answer.findtext(f"{OAI}responseDate")
            for record in answer.iter(f"{OAI}record"):
                self._keep(record)
            if not answer.findtext(f".//{OAI}resumptionToken"):
                self.since = told

    def arguments(self) -> dict[str, str]:
        """Return the arguments of the next list."""
        given = {"metadataPrefix": self.prefix, "set": self.set_spec, "from": self.since}
        return {name: value for name, value in given.items() if value}

    def answers(self) -> Iterator[Any]:
        """Yield the answers of a list; an error other than an empty list is a fault of ours."""
        query = {"verb": "ListRecords", **self.arguments()}
        while query:
            answer = self._ask(query)
            yield answer
            assert {error.get("code") for error in answer.iter(f"{OAI}error")} <= EMPTY
            token = answer.findtext(f".//{OAI}resumptionToken")
            query = {"verb": "ListRecords", "resumptionToken": token} if token else {}

    def _ask(self, query: dict[str, str]) -> Any:  # noqa: ANN401 - an element
        self.pages += 1
        response = requests.get(self.urls[self.pages % len(self.urls)], params=query, timeout=60)
        if response.status_code == 503:
            time.sleep(int(response.headers["Retry-After"]))
            return self._ask(query)
        response.raise_for_status()
        return etree.fromstring(response.content)

    def _keep(self, record: Any) -> None:  # noqa: ANN401 - an element
        metadata = record.find(f"{OAI}metadata")
        identifier = record.findtext(f"{OAI}header/{OAI}identifier")
        self.held[identifier] = None if metadata is None else canonical(metadata[0])

    def lost(self, store: Store) -> list[str]:
        """Return what it holds otherwise than the store, which is at rest.

        A record that left a set and lives on elsewhere is no loss: the protocol has no word for that.
        """
        rows = store.window(Selection(self.prefix, self.set_spec), limit=100_000).rows
        there = {told(row).oai_identifier: row.document and canonical(etree.fromstring(row.document)) for row in rows}
        wrong = {name for name, document in there.items() if self.held.get(name, b"") != document}
        if self.set_spec is None:
            wrong |= self.held.keys() - there.keys()
        return sorted(f"{name} in {self.prefix} of {self.set_spec or 'all'}" for name in wrong)


class SickleHarvester(Harvester):
    """The same by Sickle, a harvester that we did not write."""

    def answers(self) -> Iterator[Any]:
        """Yield the answers of a list as Sickle gets them."""
        sickle = Sickle(self.urls[0], iterator=OAIResponseIterator, max_retries=50)
        try:
            for response in sickle.ListRecords(**self.arguments()):
                self.pages += 1
                yield response.xml
        except NoRecordsMatch:
            return


class ChangesHarvester(Harvester):
    """A consumer of the stream of changes of IIIF, which holds manifests.

    Args:
        base_url: of the server.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__([base_url], MANIFEST)
        self.consumer = Consumer(f"{base_url}/iiif/activity/collection.json", self._fetch)

    def harvest(self) -> None:
        """Read what happened since the last time."""
        self.consumer.crawl()
        self.harvests += 1

    def _fetch(self, address: str) -> Answer:
        self.pages += 1
        response = requests.get(address, timeout=60)
        if response.status_code in {404, 410}:
            return Answer(None)
        response.raise_for_status()
        for_ever = "immutable" in response.headers["Cache-Control"]
        return Answer(response.json() if "/activity/" in address else response.content, for_ever=for_ever)

    def lost(self, store: Store) -> list[str]:
        """Return what it holds otherwise than the store, which is at rest."""
        rows = [row for row in store.window(Selection(MANIFEST), limit=100_000).rows if row.document]
        there = {json.loads(row.document or b"")["id"]: row.document for row in rows}
        held = self.consumer.held
        return [address for address in sorted(there.keys() | held.keys()) if there.get(address) != held.get(address)]


@contextmanager
def at_work(harvesters: list[Harvester]) -> Iterator[None]:
    """Let each harvester work in a thread of its own, and once more when the block has ended.

    Raises:
        AssertionError: one of them failed.
    """
    stop = threading.Event()

    def work(harvester: Harvester) -> None:
        while not stop.wait(0.05):
            harvester.harvest()
        harvester.harvest()

    with ThreadPoolExecutor(len(harvesters)) as pool:
        working = [pool.submit(work, harvester) for harvester in harvesters]
        try:
            yield
        finally:
            stop.set()
        for each in working:
            each.result()
