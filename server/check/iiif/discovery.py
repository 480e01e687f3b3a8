"""Streams of changes (Change Discovery 1.0): the collection, and its pages from the last to the first."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from server.check.client import Client, Fetched, NoAnswerError
from server.check.findings import CannotCheckError, Place
from server.check.iiif.document import objects, text
from server.check.iiif.linked_data import shown
from server.check.iiif.links import ORIGIN, closed, response_type
from server.check.iiif.services import content
from server.check.iiif.words import is_moment

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
COLLECTION, PAGE = "OrderedCollection", "OrderedCollectionPage"
_TYPES = ("Create", "Update", "Delete", "Move", "Add", "Remove", "Refresh")


@dataclass(frozen=True)
class Part:
    """The collection, or a page of it.

    Attributes:
        address: where it is.
        fetched: the answer that brought it.
        value: its object; empty where it is none.
        problems: why it is none.
    """

    address: str
    fetched: Fetched
    value: Mapping[str, Any]
    problems: list[Place]

    @property
    def type(self) -> str:
        """Its type."""
        return text(self.value.get("type"))

    @property
    def activities(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Its activities, each with its place."""
        found = self.value.get("orderedItems")
        places = objects(found) if isinstance(found, list) else ()
        return [(f"{self.address} orderedItems{step}", each) for step, each in places]

    def link(self, name: str) -> str:
        """Return the address that a property names; "" where it names none."""
        found = self.value.get(name)
        return text(found.get("id")) if isinstance(found, dict) else ""


def part(address: str, fetched: Fetched) -> Part:
    """Return what an answer brought."""
    return Part(address, fetched, *content(address, fetched, "a JSON object"))


@dataclass
class Stream:
    """A stream.

    Attributes:
        client: sends the requests.
        collection: its collection.
        sample: how many pages are read; None for all.
        problems: why a page could not be had.
        looped: the address that came twice on the way back.
        unread: why it was not read to its first page, where nothing is wrong with it.
    """

    client: Client
    collection: Part
    sample: int | None
    problems: list[Place] = field(default_factory=list)
    looped: str | None = None
    unread: str | None = None

    @cached_property
    def pages(self) -> list[Part]:
        """Its pages, the last first, as far as the sample goes."""
        pages: list[Part] = []
        address = self.collection.link("last")
        while address:
            if address in {page.address for page in pages}:
                self.looped = address
                break
            page = self._page(address, len(pages))
            if page is None:
                break
            pages.append(page)
            address = page.link("prev")
        return pages

    def _page(self, address: str, before: int) -> Part | None:
        if self.sample is not None and before >= self.sample:
            self.unread = "the stream has more pages than the sample; --all reads all"
            return None
        try:
            return part(address, self.client.fetch(address, origin=ORIGIN))
        except NoAnswerError as error:
            self.problems.append(Place(address, "a page", str(error)))
        except CannotCheckError as error:
            self.unread = str(error)
        return None

    @property
    def whole(self) -> bool:
        """Whether it was read to its first page."""
        hindered = self.looped or self.problems or self.unread or any(page.problems for page in self.pages)
        return bool(self.pages) and not hindered

    @property
    def parts(self) -> list[Part]:
        """The collection and its pages, where they could be read."""
        return [each for each in (self.collection, *self.pages) if not each.problems]

    @property
    def read(self) -> list[Part]:
        """The pages that could be read, the first first."""
        return [each for each in reversed(self.pages) if not each.problems]


def context(stream: Stream) -> Iterator[Place]:
    """Each names its context (3.4.1)."""
    for each in stream.parts:
        found = each.value.get("@context")
        if found != CONTEXT and not (isinstance(found, list) and found[-1:] == [CONTEXT]):
            yield Place(f"{each.address} @context", CONTEXT, shown(found))


def required(stream: Stream) -> Iterator[Place]:
    """Each has what it must have (3.1, 3.2)."""
    for each in stream.parts:
        is_page = each is not stream.collection
        if each.type != (PAGE if is_page else COLLECTION):
            yield Place(f"{each.address} type", PAGE if is_page else COLLECTION, each.type or "none")
        if not text(each.value.get("id")):
            yield Place(each.address, "id", "none")
        if is_page and not each.activities:
            yield Place(f"{each.address} orderedItems", "at least one activity", shown(each.value.get("orderedItems")))
    if not stream.collection.link("last"):
        yield Place(stream.collection.address, "last, with id and type", shown(stream.collection.value.get("last")))


def recommended(stream: Stream) -> Iterator[Place]:
    """Each has what it should have (3.1, 3.2)."""
    if not stream.collection.link("first"):
        yield Place(stream.collection.address, "first, with id and type", shown(stream.collection.value.get("first")))
    for page in stream.read:
        needed = ("partOf",) if page.address == stream.collection.link("last") else ("partOf", "next")
        for name in needed:
            if not page.link(name):
                yield Place(page.address, f"{name}, with id and type", shown(page.value.get(name)))


def identity(stream: Stream) -> Iterator[Place]:
    """The id of each is where it is (3.1, 3.2)."""
    for each in stream.parts:
        found = text(each.value.get("id"))
        if found and found not in {each.address, each.fetched.url}:
            yield Place(f"{each.address} id", each.address, found)


def answer(stream: Stream) -> Iterator[Place]:
    """Each page answers (3.2)."""
    yield from (place for page in stream.pages for place in page.problems)
    yield from stream.problems


def chain(stream: Stream) -> Iterator[Place]:
    """Going back from the last page ends at the first (3.2)."""
    pages = stream.pages
    if stream.looped:
        yield Place(pages[-1].address, "a page before it that was not met yet", stream.looped)
    first = stream.collection.link("first")
    if stream.whole and first and pages[-1].address != first and not pages[-1].problems:
        yield Place(pages[-1].address, f"prev, as the first page is {first}", "none")


def order(stream: Stream) -> Iterator[Place]:
    """Activities are in the order of time, over all pages (3.2)."""
    before: datetime | None = None
    for page in stream.read:
        for where, activity in page.activities:
            moment = _moment(text(activity.get("endTime")))
            if moment and before and moment < before:
                yield Place(where, f"an endTime not before {before.isoformat()}", text(activity.get("endTime")))
            before = moment or before


def _moment(found: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def activities(stream: Stream) -> Iterator[Place]:
    """Each activity says what happened to what (3.3)."""
    for page in stream.read:
        for where, activity in page.activities:
            kind = text(activity.get("type"))
            if kind not in _TYPES:
                yield Place(f"{where}.type", ", ".join(_TYPES), kind or "none")
            for name in ("object", *(["target"] if kind == "Move" else [])):
                found = activity.get(name)
                if kind != "Refresh" and not _is_named(found):
                    yield Place(f"{where}.{name}", "an object with id and type", shown(found))


def _is_named(value: object) -> bool:
    return (
        isinstance(value, dict)
        and bool(re.match(r"https?://", text(value.get("id"))))
        and bool(text(value.get("type")))
    )


def times(stream: Stream) -> Iterator[Place]:
    """Each time is in UTC (3.3)."""
    for page in stream.read:
        for where, activity in page.activities:
            for name in ("startTime", "endTime"):
                found = activity.get(name)
                right = isinstance(found, str) and is_moment(found) and found.endswith(("Z", "+00:00"))
                if name in activity and not right:
                    yield Place(f"{where}.{name}", "a time in UTC such as 2026-11-23T09:30:00Z", shown(found))


def total(stream: Stream) -> Iterator[Place]:
    """The number of activities is the one that is told, unless it changes meanwhile (3.1)."""
    told, count = stream.collection.value.get("totalItems"), sum(len(page.activities) for page in stream.read)
    if told is None or told == count or not stream.whole:
        return
    again = part(stream.collection.address, stream.client.fetch(stream.collection.address, origin=ORIGIN))
    if again.value.get("totalItems") == told and again.link("last") == stream.collection.link("last"):
        yield Place(f"{stream.collection.address} totalItems", str(count), shown(told))


def media_type(stream: Stream) -> Iterator[Place]:
    """Each comes as JSON (4.1)."""
    for each in stream.parts:
        yield from response_type(each.address, each.fetched, f'profile="{CONTEXT}"')


def cors(stream: Stream) -> Iterator[Place]:
    """Each is open to scripts (4.1)."""
    for each in stream.parts:
        yield from closed(each.address, each.fetched)


STREAM: dict[str, Callable[[Stream], Iterator[Place]]] = {
    "iiif-discovery-answer": answer,
    "iiif-discovery-context": context,
    "iiif-discovery-required": required,
    "iiif-discovery-recommended": recommended,
    "iiif-discovery-id": identity,
    "iiif-discovery-chain": chain,
    "iiif-discovery-order": order,
    "iiif-discovery-activity": activities,
    "iiif-discovery-time": times,
    "iiif-discovery-total": total,
    "iiif-discovery-media-type": media_type,
    "iiif-discovery-cors": cors,
}
"""What is looked at in a stream."""
