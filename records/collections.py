"""Collections and what they state for their records (DESIGN: defaults are statements, a record's own wins)."""

from collections.abc import Iterator, Mapping

from records.model import Collection, Record

DEFAULTS = ("rights", "provider", "languages", "original_languages", "funding")
"""What a collection may state once for all its records."""


def ancestors(spec: str) -> tuple[str, ...]:
    """Return a set spec and those above it, nearest first: `a:b` gives `a:b`, `a` (OAI-PMH 2.0, 2.6)."""
    parts = spec.split(":")
    return tuple(":".join(parts[:size]) for size in range(len(parts), 0, -1))


def stated_for(record: Record, collections: Mapping[str, Collection]) -> Iterator[Collection]:
    """Yield the collections that may speak for a record: its own in their order, each before those above it."""
    for spec in record.collections:
        for above in ancestors(spec):
            if above in collections:
                yield collections[above]


def with_defaults(record: Record, collections: Mapping[str, Collection]) -> tuple[Record, dict[str, str]]:
    """Return the record with what its collections state where it says nothing itself.

    Rights are one statement: a record with any rights of its own takes none from its collection.

    Args:
        record: the record as stated.
        collections: what is known of collections, by set spec.

    Returns:
        The record, and the fields that were filled: field name to the spec of the collection that states it.
    """
    filled: dict[str, str] = {}
    values: dict[str, object] = {}
    for collection in stated_for(record, collections):
        for field in DEFAULTS:
            if field not in values and not getattr(record, field) and (value := getattr(collection, field)):
                values[field], filled[field] = value, collection.spec
    return (record.model_copy(update=values) if values else record), filled
