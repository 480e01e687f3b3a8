"""The report of a load: what became of its records, counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from records.publish import Published
from server.reading import Read

OUTCOMES = {"created": "added", "updated": "changed"}
"""What the store says of a record, in the words of a report, where they differ."""

COUNTED = ("added", "changed", "unchanged", "deleted", "hidden", "refused", "mended")


@dataclass
class Report:
    """What became of a load.

    Attributes:
        outcomes: how many records were added, changed, and so on.
        moved: by format, how many datestamps moved.
        from_collections: by collection and field, how many records took the value from their collection.
        approved: how many records took the URI of their rights from `rights.toml`.
        fields: by field, how many of the records that were read state it.
        unmapped: by name, how many records hold a value that has no field here.
        native_only: by name of an element, how many stand in the document that a record arrived as, and nowhere else.
        elements: how many elements with a value the documents hold that records arrived as.
        undrawn: characters that no font here can draw.
        unvalidated: formats of documents that no schema was at hand for.
        read: how many records could be taken.
        mended: how many of them had to be mended.
        rendered: how many records changed since their collection is stated otherwise than before.
        faults: records and files that could not be taken.
        merged: what staff should know of mergers, and of how many records.
        left: how many records left the set that the input is the whole of, by what became of them.
        withheld: why none left it; empty if nothing spoke against it.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    from_collections: Counter[tuple[str, str]] = field(default_factory=Counter)
    approved: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    native_only: Counter[str] = field(default_factory=Counter)
    elements: int = 0
    undrawn: set[str] = field(default_factory=set)
    unvalidated: set[str] = field(default_factory=set)
    read: int = 0
    mended: int = 0
    rendered: int = 0
    faults: int = 0
    merged: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    withheld: str = ""

    def note(self, batch: Iterable[Read]) -> None:
        """Count what staff should know of records that are taken."""
        for read in batch:
            self.read += 1
            self.mended += bool(read.told.mended)
            if read.publication is None:
                self.outcomes["unchanged"] += 1
            self.from_collections.update(read.filled)
            self.approved += read.approved
            self.fields.update(read.fields)
            self.unmapped.update(read.unmapped)
            self.native_only.update(read.told.native_only)
            self.elements += read.told.elements
            self.undrawn.update(read.undrawn)
            self.unvalidated.update({read.unvalidated} - {""})
            self.merged.update(read.merged)

    def add(self, result: Published) -> None:
        """Count what became of a record."""
        self.outcomes[OUTCOMES.get(result.outcome, result.outcome)] += 1
        self.moved.update(result.moved)

    def counts(self) -> dict[str, int]:
        """Return how many records came to what; what was refused counts files that could not be read too."""
        deleted = self.outcomes["deleted"] + self.left["deleted"]
        beside = {"deleted": deleted, "refused": self.faults, "mended": self.mended}
        return {name: self.outcomes[name] for name in COUNTED} | beside
