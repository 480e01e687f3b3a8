"""Where a record in XML stands, and what the OAI-PMH response around it says of it."""

from dataclasses import dataclass
from pathlib import Path

from records import identifiers
from records.errors import Fault, RecordError
from records.model import FUNDERS
from records.readers import salvage
from records.values import OAI_IDENTIFIER, is_set_spec


@dataclass(frozen=True, slots=True)
class Header:
    """What an OAI-PMH response says of a record (OAI-PMH 2.0, 2.5).

    Attributes:
        identifier: the record's unique identifier.
        datestamp: its datestamp, as written.
        sets: the set specs, as written.
        deleted: whether it is a tombstone.
        provenance: the provenance container as XML, if there is one.
        namespace: of its metadata; empty if there are none.
        base_url: the base URL of the repository, as the response states it; empty if it does not.
        response_date: the responseDate, likewise.
    """

    identifier: str
    datestamp: str = ""
    sets: tuple[str, ...] = ()
    deleted: bool = False
    provenance: bytes | None = None
    namespace: str = ""
    base_url: str = ""
    response_date: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands.

    Attributes:
        path: the file, or the address of the endpoint that it came from.
        position: where in it; of what came from an endpoint, the identifier.
        header: what the OAI-PMH response around it says; None outside of one.
    """

    path: Path | str
    position: str
    header: Header | None = None

    def error(self, problem: str) -> RecordError:
        """Return what is wrong with the record as a whole."""
        return self._refused((Fault("", problem),))

    def refused(self, error: salvage.RefusedError) -> RecordError:
        """Return why the record cannot be taken."""
        return self._refused(error.faults)

    def _refused(self, faults: tuple[Fault, ...]) -> RecordError:
        named = self.header.identifier if self.header else ""
        return RecordError(str(self.path), self.position, named if named != self.position else "", faults)


def identity(place: Place) -> dict[str, object]:
    """Return what identifies a record of an OAI-PMH response: its identifiers, and its sets as collections.

    An OAI identifier that is one stays the record's; the local one is made of it (`identifiers.local`). Sets whose spec
    is none, and those of funders, which are made of what a record states, are left out.
    """
    header = place.header
    if header is None:
        return {}
    sets = [spec for spec in header.sets if is_set_spec(spec) and spec.partition(":")[0] != FUNDERS]
    item = header.identifier if OAI_IDENTIFIER.fullmatch(header.identifier) else None
    kept = [] if item else [{"value": header.identifier}]
    return {
        "identifier": identifiers.local(header.identifier),
        "oai_identifier": item,
        "identifiers": kept,
        "collections": sets,
    }
