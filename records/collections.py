"""Collections and what they state for their records (DESIGN: defaults are statements, a record's own wins)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from records.model import FUNDERS, Collection, Record
from records.values import is_set_spec

DEFAULTS = ("rights", "provider", "languages", "original_languages", "funding")
"""What a collection may state once for all its records."""


@lru_cache(maxsize=4096)
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


def funder_sets(record: Record) -> dict[str, str]:
    """Return the sets of a record's funders with their titles: `funder:` and the declared slug, or the stated name.

    A name becomes a slug by its ASCII letters and digits; one without any, or with too many for a set spec, needs a
    declared slug to have a set. Nothing is read out of an acknowledgment.

    Args:
        record: the record, collection defaults applied.
    """
    found: dict[str, str] = {}
    for funding in record.funding:
        slug = funding.slug or _slug(funding.funder or "")
        spec = f"{FUNDERS}:{slug}"
        if slug and is_set_spec(spec):
            found.setdefault(spec, funding.funder or slug)
    return {FUNDERS: "Funders", **found} if found else {}


def set_specs(record: Record) -> tuple[str, ...]:
    """Return the sets that a record stands in: its collections, then those of its funders.

    Args:
        record: the record, collection defaults applied.
    """
    return tuple(dict.fromkeys((*record.collections, *(spec for spec in funder_sets(record) if spec != FUNDERS))))


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
