"""The page images of a record, as its page shows them: small ones in a list, each with a link that opens it."""

from dataclasses import dataclass

from mappings.iiif import uris
from mappings.iiif.leaves import Image, leaves
from mappings.repository import Repository
from records.model import Record
from server.pages import content_state


@dataclass(frozen=True, slots=True)
class Scan:
    """A page image.

    Attributes:
        number: its place in the record, counted from 1.
        label: its name.
        description: what it shows, in words; empty if nothing is stated.
        image: the image.
        thumbnail: a small one.
        address: our page of the record, opened at it; the image itself where the manifest is another's.
    """

    number: int
    label: str
    description: str
    image: Image
    thumbnail: Image
    address: str


def scans(record: Record, repository: Repository) -> list[Scan]:
    """Return the page images of a record; typeset pages are none, since the text itself stands on the page.

    Args:
        record: the record with what its collections state.
        repository: who publishes it.
    """
    if not record.pages:
        return []
    return [
        Scan(
            leaf.number,
            next(iter(leaf.label.values()))[0],
            page.description or "",
            leaf.image,
            leaf.thumbnail,
            _opened(record, repository, leaf.number) or leaf.image.uri,
        )
        for page, leaf in zip(record.pages, leaves(record, repository), strict=True)
    ]


def _opened(record: Record, repository: Repository, number: int) -> str | None:
    manifest = uris.manifest(repository, record)
    if manifest is None or record.link("manifest"):
        return None
    state = content_state.at_canvas(manifest, uris.canvas(repository, record, number))
    return uris.opened_record_page(repository, record, state)
