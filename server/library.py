"""What every request works with: the settings, the store, the media folder."""

from dataclasses import dataclass

from mappings.repository import Repository
from records.collections import with_defaults
from records.model import Record
from records.stated import read
from records.store import Store
from server.config import Config
from server.media import Media


@dataclass(frozen=True)
class Library:
    """One configured store. It holds no state of its own: two processes with the same settings answer alike."""

    config: Config
    store: Store

    @property
    def media(self) -> Media:
        """The folder of page images."""
        return Media(self.config.media_folder)

    def repository(self) -> Repository:
        """Return what the mappings need to know, with the collections as they are stated now."""
        return self.config.repository(self.store.collections())


def read_record(stated: bytes, repository: Repository) -> Record:
    """Return a stored record with what its collections state for it."""
    record, _filled = with_defaults(read(stated), repository.collections)
    return record
