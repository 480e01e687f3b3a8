"""MARC 21: titles (130, 210, 240, 242, 245, 246, 730), names (1XX, 7XX) and subjects (6XX).

The main entry is the first agent that made the work and is known to be a person, family, body or meeting; the title is
an added entry (245, first indicator 1) if there is one. A name of which that is not stated is an uncontrolled name
(720). A subject that names neither list nor URI is an index term (653), whose second indicator says what it is.
"""

from collections.abc import Iterator

from mappings import selection
from mappings.languages import plain_code
from mappings.marc21.field import Field, Subfield, field
from mappings.mods.names import identifier_type
from records.model import Agent, Record, Subject
from records.relators import RELATORS

_KINDS = {"person": "00", "family": "00", "organization": "10", "meeting": "11"}
_SUBJECTS = {"topic": "650", "place": "651", "time": "648", "title": "630", "genre": "655", "occupation": "656"}
_INDEX_TERMS = {
    "topic": "0",
    "person": "1",
    "family": "1",
    "organization": "2",
    "meeting": "3",
    "time": "4",
    "place": "5",
    "genre": "6",
}
_LISTS = {"lcsh": "0", "naf": "0", "lcnaf": "0", "lcshac": "1", "mesh": "2"}
"""Lists of headings that the second indicator of 6XX names."""


def titles(record: Record, main_entry: Agent | None) -> Iterator[Field]:
    """Yield the main title, with no non-filing characters, and the others by their kind."""
    uniform = [title.text for title in record.titles if title.kind == "uniform"]
    entered = bool(main_entry or uniform)
    yield field("245", f"{int(entered)}0", ("a", record.title.text))
    if uniform:
        yield field("240", "10", ("a", uniform[0])) if main_entry else field("130", "0 ", ("a", uniform[0]))
    yield from (field("730", "0 ", ("a", text)) for text in uniform[1:])
    for title in record.titles:
        if title.kind == "translated":
            code = plain_code(title.language) if title.language else None
            yield field("242", "10", ("a", title.text), ("y", code))
        elif title.kind == "abbreviated":
            yield field("210", "10", ("a", title.text))
        elif title.kind != "uniform" and title is not record.title:
            yield field("246", "3 ", ("a", title.text))


def main_entry(record: Record) -> Agent | None:
    """Return the agent that the record is entered under, or None."""
    return next((agent for agent in record.agents if agent.kind and selection.creates(agent)), None)


def names(record: Record, main: Agent | None) -> Iterator[Field]:
    """Yield the main entry, the other agents, and each funder as a body in that role."""
    yield from (_name(agent, "1" if agent is main else "7") for agent in record.agents)
    for funding in record.funding:
        if funding.funder:
            subfields = (("a", funding.funder), ("e", RELATORS["fnd"]), ("4", "fnd"), _named(funding.identifier))
            yield field("710", "2 ", *subfields)


def _name(agent: Agent, hundred: str) -> Field:
    term = "j" if agent.kind == "meeting" else "e"  # $e of 111 and 711 is a subordinate unit
    roles = [*((term, RELATORS[code]) for code in agent.roles), *(("4", code) for code in agent.roles)]
    if agent.kind is None:
        return field("720", "  ", ("a", agent.name), *roles)
    indicators = f"{_entry(agent.name, agent.kind)} "
    return field(f"{hundred}{_KINDS[agent.kind]}", indicators, ("a", agent.name), *roles, _named(agent.uri))


def _named(uri: str | None) -> Subfield:
    """Return the subfield of a URI: $1 where it stands for the agent itself (ROR, Wikidata), $0 for an authority."""
    return ("1" if uri and identifier_type(uri) else "0", uri)


def _entry(name: str, kind: str) -> str:
    """Return the first indicator of a name: inverted (Kim, Il Sung) or in direct order, a family, a body."""
    if kind == "family":
        return "3"
    return "2" if kind in {"organization", "meeting"} else "1" if "," in name else "0"


def subjects(record: Record) -> Iterator[Field]:
    """Yield each subject; the heading stands whole in $a, since what its subdivisions are is not stated."""
    yield from map(_subject, record.subjects)


def _subject(subject: Subject) -> Field:
    if not subject.authority and (subject.kind == "occupation" or not subject.uri):
        return field("653", f" {_INDEX_TERMS.get(subject.kind, ' ')}", ("a", subject.text))
    listed = _LISTS.get(subject.authority.lower(), "7") if subject.authority else "4"
    source = subject.authority if listed == "7" else None
    subfields = (("a", subject.text), ("2", source), ("0", subject.uri))
    if subject.kind in _KINDS:
        return field(f"6{_KINDS[subject.kind]}", f"{_entry(subject.text, subject.kind)}{listed}", *subfields)
    first = "0" if subject.kind == "title" else " "
    return field(_SUBJECTS[subject.kind], f"{first}{listed}", *subfields)
