"""Where a record that is read meets the one that the store has: a collision, a replacement, or a merger.

A merger lays what the input states over what is there, field by field; what the input does not state stays.
"""

from pathlib import Path
from typing import NamedTuple

from lxml import etree
from pydantic import BaseModel

from records import stated
from records.errors import Fault
from records.identifiers import local, origins
from records.model import UNNAMED, Identifier, Record
from records.readers import xml
from records.readers.place import Header, Place
from records.stated import UnreadableError

_IDENTITY = frozenset(
    {"identifier", "oai_identifier", "identifiers", "collections", "native", "unmapped", "provenance"}
)
"""Fields that no native document decides about."""

_ADDED = frozenset({"rights", "funding", "links"})
"""Fields that are added to a native document that lacks them, when it is served."""

_BESIDE = (
    _IDENTITY
    | {"visibility", "embargoed_until"}
    | {"pages", "texts", "structures", "downloads", "viewing_direction", "behaviors"}
)
"""Fields that a document in XML does not say."""

_PARTED = frozenset({"rights", "source", "cataloguing"})
"""Fields whose parts are stated one by one, such as a rights URI beside the statement that is there."""


class Met(NamedTuple):
    """What becomes of a record that is read.

    Attributes:
        record: the record that is to be published.
        problem: why there is none.
        notes: what staff should know of the merger.
    """

    record: Record
    problem: Fault | None = None
    notes: tuple[str, ...] = ()


def meet(given: Record, known: bytes | None, *, merge: bool) -> Met:
    """Return what becomes of a record that is read.

    Args:
        given: the record as it was read.
        known: what the store has under its identifier as stated; None if nothing.
        merge: whether to lay it over that, instead of replacing it.
    """
    if known is None:
        return Met(given) if given.named else Met(given, Fault("titles", _NEW_PART))
    if not merge and known == stated.write(given):
        return Met(given)
    try:
        there = stated.read(known)
    except UnreadableError as error:
        return Met(given, Fault("", str(error))) if merge else Met(given)  # to load it again is the remedy
    if problem := collision(there, given, merge=merge):
        return Met(given, Fault("identifier", problem))
    return _merged(there, given) if merge else Met(given)


_NEW_PART = 'is missing, and no such record is in the store; state "titles", or correct the identifier'


def collision(known: Record, given: Record, *, merge: bool) -> str | None:
    """Return why two records with one local identifier are two; None if they are one.

    A part that is to be merged, or a deletion, may name its record by the local identifier alone.

    Args:
        known: the record of the store.
        given: the one that was read.
        merge: whether it is to be merged.
    """
    own, others = origins(given), origins(known)
    by_name = own == {given.identifier} and (merge or given.visibility == "deleted")
    forgotten = others == {known.identifier} and known.visibility == "deleted"
    if own & others or by_name or forgotten:
        return None
    return (
        f"stands for {quoted(own)} here, and in the store for {quoted(others)}; give one of the two another identifier"
    )


def quoted(values: frozenset[str]) -> str:
    """Return values as they are told to people."""
    return " and ".join(repr(value) for value in sorted(values))


def _merged(known: Record, given: Record) -> Met:
    values = {name: _laid_over(known, given, name) for name in given.model_fields_set - {"identifier"}}
    if "identifiers" in values:
        values["identifiers"] = _identifiers(known, given)
    if "unmapped" in values:
        values["unmapped"] = {**known.unmapped, **given.unmapped}
    changed = {path for name, value in values.items() for path in _changed(name, getattr(known, name), value)}
    notes = []
    if known.visibility == "deleted" and "visibility" not in values:
        notes.append("deleted, and stays so, since the input does not state its visibility")
    if known.native and "native" not in values and (said := _said_of_native(known, changed)):
        gone, note = said
        notes.append(note)
        values |= {"native": None} if gone else {}
    record = known.model_copy(update=values)
    problem = None if record.named else Fault("titles", UNNAMED)
    return Met(record, problem, tuple(notes))


def _laid_over(known: Record, given: Record, name: str) -> object:
    """Return a field after a merger: what has parts of its own, such as rights, keeps those that are not stated."""
    old, new = getattr(known, name), getattr(given, name)
    if name not in _PARTED or old is None or new is None:
        return new
    return old.model_copy(update={part: getattr(new, part) for part in new.model_fields_set})


def _identifiers(known: Record, given: Record) -> tuple[Identifier, ...]:
    """Return identifiers after a merger: those that a local one was made of name the record, and state nothing."""
    names = tuple(each for each in given.identifiers if local(each.value) == given.identifier)
    kept = known.identifiers
    if len(names) < len(given.identifiers):
        kept, names = given.identifiers, tuple(each for each in kept if local(each.value) == known.identifier)
    values = {each.value for each in kept}
    return (*kept, *(each for each in names if each.value not in values))


def _changed(name: str, old: object, new: object) -> set[str]:
    """Return the paths of what changes in a field: itself, or its parts."""
    if name not in _PARTED:
        return {name} if old != new else set()
    return {path for path in _stated(name, new) if _part(old, path) != _part(new, path)}


def _stated(name: str, value: object) -> set[str]:
    """Return the paths of what a field states: itself, or its parts."""
    if name in _PARTED and isinstance(value, BaseModel):
        return {f"{name}.{part}" for part in value.model_fields_set}
    return {name}


def _part(value: object, path: str) -> object:
    return getattr(value, path.partition(".")[2], None)


def _said_of_native(known: Record, changed: set[str]) -> tuple[bool, str] | None:
    """Return whether the document that a record arrived as has to go, and what is said of it; None if nothing is."""
    form = known.native.format if known.native else ""
    spoken = {path for path in changed if path.partition(".")[0] not in _BESIDE}
    carried = _carried(known)
    if clash := sorted(spoken if carried is None else spoken & carried):
        return True, f"is not served as the {form} any more that it arrived as, which has other {', '.join(clash)}"
    if unsaid := sorted(path for path in spoken if path.partition(".")[0] not in _ADDED):
        return False, f"is served as the {form} that it arrived as, which does not say {', '.join(unsaid)}"
    return None


def _carried(known: Record) -> set[str] | None:
    """Return the paths of what the native document of a record states; None where none of us can read it."""
    document = known.native.document.encode() if known.native else b""
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    read = xml.FORMATS.get(str(root.tag))
    found = read(root, Place(Path(), "", Header(known.identifier))) if read else None
    if not isinstance(found, tuple):
        return None
    record = found.record
    return {path for name in record.model_fields_set for path in _stated(name, getattr(record, name))}
