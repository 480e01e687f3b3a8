"""What a reader gathers out of a document, in the form of a record as JSON, before it is checked."""

from collections.abc import Iterator, Mapping
from typing import Any

from records import identifiers
from records.errors import Fault, RecordError
from records.readers import salvage
from records.readers.found import Taken, Told
from records.readers.place import Place, identity


class Gathering:
    """The values of a record as they are gathered, and what staff should know of them.

    Attributes:
        stated: values by field.
        mended: what was put right without loss.
        noted: what could not be read as what it seems to be.
        elements: how many elements with a value the source has.
        lacking: elements that the record has no field for, each with its texts.
    """

    def __init__(self) -> None:
        self.stated: dict[str, Any] = {}
        self.mended: list[Fault] = []
        self.noted: list[Fault] = []
        self.elements = 0
        self.lacking: list[tuple[str, str]] = []

    def add(self, field: str, value: object) -> None:
        """Append a value to a field that holds several; one that is there already is not said twice."""
        values = self.stated.setdefault(field, [])
        if value not in values:
            values.append(value)

    def put(self, field: str, name: str, text: str) -> bool:
        """State a part of a field, unless that part is stated otherwise already; return whether it says this now."""
        return bool(self.stated.setdefault(field, {}).setdefault(name, text) == text)

    def lacks(self, name: str, text: str) -> None:
        """Say that the record has no field for an element."""
        self.lacking.append((name, text))

    def keep(self, name: str, text: str) -> None:
        """Keep a text as `unmapped`."""
        kept = self.stated.setdefault("unmapped", {}).setdefault(name, [])
        if text not in kept:
            kept.append(text)

    def note(self, name: str, problem: str, value: str) -> None:
        """Say what could not be read."""
        self.noted.append(Fault(name, problem, value))

    def mend(self, name: str, problem: str, value: str = "") -> None:
        """Say what was put right."""
        self.mended.append(Fault(name, problem, value))

    def taken(
        self, place: Place, foreign: str | None, native: Mapping[str, str] | None, needed: Mapping[str, str]
    ) -> Taken | RecordError:
        """Return the record, or why there is none.

        What the record has no field for stays in the native document or, if that is not kept, as `unmapped`.

        Args:
            place: where the record stands; the OAI-PMH header there identifies it.
            foreign: what identifies it outside of an OAI-PMH response; it is kept as an identifier of the record.
            native: the document that it is served as, if it can be.
            needed: what is said where there is no identifier and where there is no title: both by the name of the
                element that it should stand in.
        """
        named = self._named(place, foreign)
        stated = place.header.identifier if place.header else foreign
        if faults := tuple(self._missing(named["identifier"], stated, needed)):
            return place.refused(salvage.RefusedError(faults))
        if native is None:
            for name, text in self.lacking:
                self.keep(name, text)
        try:
            record, apart = salvage.record({**self.stated, **named, "native": native})
        except salvage.RefusedError as error:
            return place.refused(error)
        native_only = tuple(name for name, _text in self.lacking) if native else ()
        noted = (*self.noted, *apart)
        return Taken(record, Told(place.position, tuple(self.mended), noted, self.elements, native_only))

    def _missing(self, identifier: str, foreign: str | None, needed: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what a record must have and this one has not."""
        (name, no_identifier), (title, no_title) = needed.items()
        if foreign and not identifier:
            problem = f"{foreign!r} has no Latin letter or digit, so that no address can be made of it; add another one"
            yield Fault(name, problem, foreign)
        elif not identifier:
            yield Fault(name, no_identifier)
        if not any(stated["kind"] == "main" for stated in self.stated.get("titles", ())):
            yield Fault(title, no_title)

    def _named(self, place: Place, foreign: str | None) -> dict[str, Any]:
        """Return what identifies the record."""
        if not place.header:
            local = identifiers.local(foreign or "")
            kept = [{"value": foreign}] if foreign and local != foreign else []
            return {"identifier": local, "identifiers": self._identifiers(kept)}
        named: dict[str, Any] = identity(place)
        return {**named, "identifiers": self._identifiers(named["identifiers"])}

    def _identifiers(self, kept: list[dict[str, str]]) -> list[dict[str, str]]:
        gathered = self.stated.get("identifiers", [])
        known = {identifier["value"] for identifier in gathered}
        return [*gathered, *(identifier for identifier in kept if identifier["value"] not in known)]
