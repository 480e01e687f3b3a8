"""A consumer of streams of changes, written by the algorithm of Change Discovery 1.0 (3.5), that keeps whole manifests.

It goes back from the last page, and ends at an activity that is older than the newest one of the time before. A page
that may be kept for ever is never asked for again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Document = dict[str, Any]


class Answer(NamedTuple):
    """A document as it was answered, None where it is not there; and whether it may be kept for ever."""

    document: Any
    for_ever: bool = False


@dataclass
class Consumer:
    """A consumer of one stream.

    Attributes:
        collection: the address of the stream.
        fetch: asks for an address.
        held: the manifests that it holds, by their address.
        newest: the endTime of the newest activity that it was told.
        kept: the pages that it keeps for ever, by their address.
    """

    collection: str
    fetch: Callable[[str], Answer]
    held: dict[str, Any] = field(default_factory=dict)
    newest: str = ""
    kept: dict[str, Document] = field(default_factory=dict)

    def crawl(self) -> None:
        """Read what happened since the last time."""
        for _asked in self.steps():
            pass

    def steps(self) -> Iterator[str]:
        """Do the same, and yield behind each request what was asked for."""
        top = self.fetch(self.collection).document
        yield self.collection
        processed: set[str] = set()
        newest = ""
        address = top["last"]["id"] if top else None
        while address:
            page = self._page(address)
            yield address
            if page is None:
                return  # the stream began anew meanwhile: the next time begins at its end again
            for activity in reversed(page["orderedItems"]):
                newest = newest or activity["endTime"]
                if activity["endTime"] < self.newest:
                    self.newest = newest
                    return
                yield from self._process(activity, processed)
            address = page.get("prev", {}).get("id")
        self.newest = newest or self.newest

    def _page(self, address: str) -> Document | None:
        if address in self.kept:
            return self.kept[address]
        page, for_ever = self.fetch(address)
        if for_ever:
            self.kept[address] = page
        return page  # type: ignore[no-any-return]

    def _process(self, activity: Document, processed: set[str]) -> Iterator[str]:
        address = activity["object"]["id"]
        if address in processed:
            return
        processed.add(address)
        if activity["type"] == "Delete":
            self.held.pop(address, None)
            return
        found = self.fetch(address).document
        yield address
        if found is not None:  # else it was withdrawn meanwhile, which the stream tells the next time
            self.held[address] = found
