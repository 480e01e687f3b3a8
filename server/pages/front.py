"""The front page, and the page of a collection."""

import re
from dataclasses import dataclass

from flask import Response, abort, request

from mappings.formats import FORMATS
from mappings.iiif import collection, uris
from mappings.repository import Repository
from records.collections import ancestors
from records.model import Title
from records.stated import read
from records.store import Member, SetRow
from server.current import library
from server.iiif import known
from server.pages.page import page

FEW = 10
"""Records that the front page shows."""

MANY = 50
"""Records of one page of a collection."""

LISTED = "oai_dc"
"""The list that pages are made of: the format that every record can fill."""


@dataclass(frozen=True)
class Entry:
    """A link to a record."""

    address: str
    title: Title


@dataclass(frozen=True)
class Branch:
    """A link to a collection."""

    address: str
    title: str


def front_page() -> Response:
    """Return the page that says what is here, and how to harvest it."""
    store, repository = library().store, library().repository()
    return page(
        "front.html",
        counts=store.counts(),
        collections=_branches(store.sets(), "", repository),
        entries=_entries(None, 0, FEW, repository)[0],
        formats=FORMATS,
        oai=uris.oai_endpoint(repository.base_url),
        explorer=uris.explorer(repository.base_url),
        iiif=uris.top_collection(repository),
        changes=uris.activities(repository) if store.activities() else None,
        institution=repository.institution,
    )


def collection_page(spec: str) -> Response:
    """Return the page of a collection: what it is, what is in it.

    The argument `after` is the change sequence that the page before ended with.
    """
    store, repository = library().store, library().repository()
    spec = known.spec(spec)
    entries, following = _entries(spec, _after(), MANY, repository)
    return page(
        "collection.html",
        spec=spec,
        title=repository.collection_title(spec),
        collection=repository.collections.get(spec),
        above=trail(spec, repository)[:-1],
        below=_branches(store.sets(), spec, repository),
        entries=entries,
        following=following,
        address=uris.collection_page(repository, spec),
        iiif=uris.collection(repository, spec),
        oai=uris.oai_endpoint(repository.base_url),
    )


def trail(spec: str, repository: Repository) -> list[Branch]:
    """Return links to a collection and those above it, the topmost first."""
    return [_branch(one, repository) for one in reversed(ancestors(spec))]


def _after() -> int:
    text = request.args.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,18}", text):
        abort(400, "the argument after is a number; follow the links of the page before")
    return int(text)


def _entries(spec: str | None, after: int, limit: int, repository: Repository) -> tuple[list[Entry], int | None]:
    """Return links to the records that follow a change sequence, and the sequence that the next page follows."""
    found = library().store.members(spec, LISTED, after=after, limit=limit + 1)
    entries = [Entry(uris.page_of(repository.base_url, each.identifier), _title(each)) for each in found[:limit]]
    return entries, found[limit - 1].sequence if len(found) > limit else None


def _title(member: Member) -> Title:
    """Return the title of a record, of which nothing more is read where its reference has it."""
    return collection.title(member.reference) if member.reference else read(member.stated or b"").title


def _branches(sets: list[SetRow], parent: str, repository: Repository) -> list[Branch]:
    """Return links to the collections that stand directly below one; below "" stand those at the top."""
    return [_branch(row.spec, repository) for row in sets if row.spec.rpartition(":")[0] == parent]


def _branch(spec: str, repository: Repository) -> Branch:
    return Branch(uris.collection_page(repository, spec), repository.collection_title(spec))
