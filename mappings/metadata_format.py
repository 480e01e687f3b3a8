"""A metadata format: what OAI-PMH calls it, where its schema is, and the function that writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from mappings.repository import Repository
from records.model import Record

Write = Callable[[Record, Repository], bytes | None]
"""Writes a record (collection defaults applied) as a finished document in UTF-8 without an XML declaration; None if the
record cannot fill the format validly."""


Fills = Callable[[Record, Repository], bool]
"""Says whether a record states what a format must have."""


def _always(_record: Record, _repository: Repository) -> bool:
    return True


@dataclass(frozen=True)
class MetadataFormat:
    """A format that can be harvested (OAI-PMH 2.0, 3.4).

    Attributes:
        prefix: its metadataPrefix.
        schema: the place of its XML Schema; a name alone is one of ours, which we serve (`uris.schema`).
        namespace: its XML namespace.
        title: its name for people.
        write: record to document.
        fills: whether a record that is not deleted has a document in it.
        profile: what IIIF's registry of profiles calls it, if it is there (Presentation 3.0, 3.2, profile).
    """

    prefix: str
    schema: str
    namespace: str
    title: str
    write: Write
    profile: str | None = None
    fills: Fills = _always
