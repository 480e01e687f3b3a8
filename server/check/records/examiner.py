"""Looks at records, batch by batch, in whatever process it is: with a store, an application and schemas of its own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Flask

from server.application import create_app
from server.check.client import Client, Fetched
from server.check.findings import CannotCheckError, Finding, Unchecked
from server.check.records import aggregators
from server.check.records.checks import CHECKS, VALID
from server.check.records.completeness import stated_fields
from server.check.records.formats import FORMATS, MANIFEST
from server.check.records.item import Item, Statement, completed, read
from server.check.records.tally import Tally
from server.check.schemas import MOST_SCHEMAS, Host, Schemas, not_fetched, official
from server.config import Config
from server.library import Library


class Stored(NamedTuple):
    """A record as the store gave it: its identifier, and what it states, in JSON."""

    identifier: str
    stated: bytes


class Examiner:
    """Looks at records.

    Args:
        config: the settings.
        folder: the folder of the official schemas; None to fetch them from their publishers,
        pause: with so many seconds between two requests; None to fetch nothing.
        rules: those rules of validity whose schemas can be had.
    """

    def __init__(
        self, config: Config, folder: Path | None, pause: float | None, rules: Sequence[str] = tuple(VALID)
    ) -> None:
        self._config, self._folder, self._pause, self._rules = config, folder, pause, rules

    def __call__(self, batch: Sequence[Stored]) -> Tally:
        """Return what was seen of a batch of records."""
        tally = Tally()
        collections = self._collections()
        for stored in batch:
            self._look(stored, collections, tally)
        return tally

    def missing(self) -> dict[str, str]:
        """Return the rules whose schemas cannot be had, with the reason; what can be had is fetched now."""
        found: dict[str, str] = {}
        for form in FORMATS.values():
            try:
                self._schemas.importing((form.namespace, form.address(self._config.base_url)))
            except CannotCheckError as error:
                found[form.rule] = str(error)
        return found

    def close(self) -> None:
        """Close the store."""
        if "_app" in self.__dict__:
            self._library.store.close()

    @cached_property
    def _app(self) -> Flask:
        return create_app(self._config)

    @property
    def _library(self) -> Library:
        library: Library = self._app.extensions["dragoman"]
        return library

    @cached_property
    def _schemas(self) -> Schemas:
        ours = Host(self._config.base_url, self._fetch)
        offline = self._pause is None
        fetch = not_fetched if offline else Client(MOST_SCHEMAS, self._pause or 0, allow_private=True).fetch
        return Schemas(ours, official(self._folder, fetch))

    def _fetch(self, address: str) -> Fetched:
        """Return what our application answers, as if the address had been asked."""
        path = urlsplit(address).path.removeprefix(urlsplit(self._config.base_url).path)
        answer = self._app.test_client().get(path)
        return Fetched(answer.status_code, {}, answer.data)

    def _collections(self) -> dict[str, Statement]:
        known = self._library.store.collections()
        return {spec: each.model_dump(mode="json", exclude_defaults=True) for spec, each in known.items()}

    def _look(self, stored: Stored, collections: Mapping[str, Statement], tally: Tally) -> None:
        """Look at a record; once more if it was stated anew meanwhile, since its parts are read one after the other."""
        while (item := self.item(stored, collections)) is not None:
            seen = self.seen(item)
            now = (
                self._library.store.stated([stored.identifier]).get(stored.identifier)
                if seen.findings
                else stored.stated
            )
            if now == stored.stated:
                tally.add(seen)
            if now in {stored.stated, None}:
                return
            stored, collections = Stored(stored.identifier, now), self._collections()

    def item(self, stored: Stored, collections: Mapping[str, Statement] | None = None) -> Item | None:
        """Return a record as the world reads it; None if it is not shown.

        Args:
            stored: the record as the store gave it.
            collections: what is stated of collections, by set spec; None to read it.
        """
        store = self._library.store
        rows = {name: store.document(stored.identifier, name) for name in (*FORMATS, MANIFEST)}
        documents = {name: row.document for name, row in rows.items() if row and row.document is not None}
        if not documents:
            shown = store.shown(stored.identifier)
            if shown is None or shown.withdrawn:
                return None
        page = self._app.test_client().get(f"/records/{stored.identifier}")
        return Item(
            stored.identifier,
            completed(read(stored.stated), self._collections() if collections is None else collections),
            documents,
            f"{self._config.base_url}/iiif/{stored.identifier}/manifest.json",
            page.status_code,
            page.data,
        )

    def seen(self, item: Item) -> Tally:
        """Return what there is to see in a record."""
        seen = Tally(1, documents=Counter(item.documents.keys()), stated=Counter(stated_fields(item)))
        for finding in self._findings(item, seen):
            seen.find(finding)
        return seen

    def _findings(self, item: Item, seen: Tally) -> Iterator[Finding]:
        for code, check in CHECKS.items():
            yield from (Finding(code, *place) for place in check(item))
        for code in self._rules:
            try:
                places = list(VALID[code](item, self._schemas, self._config.base_url))
            except CannotCheckError as error:
                seen.unchecked[Unchecked(code, str(error))] = None
            else:
                yield from (Finding(code, *place) for place in places)
        yield from aggregators.look(item, seen)
