"""MODS: names and what each did, funders and the rights holder among them."""

from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element

from records.readers.mods.source import Source
from records.relators import RELATORS

KINDS = {"personal": "person", "corporate": "organization", "family": "family", "conference": "meeting"}
"""What MODS calls a name, and what an agent is."""

_CODES = {label.casefold(): code for code, label in RELATORS.items()}


@dataclass
class Names:
    """The names of a record.

    Attributes:
        agents: who did what.
        funders: who paid, each with its identifier.
        holder: who holds the rights.
    """

    agents: list[dict[str, object]] = field(default_factory=list)
    funders: list[dict[str, object]] = field(default_factory=list)
    holder: str | None = None


def names(source: Source) -> Names:
    """Return the names of a record.

    A name that only funds, or only holds the rights, is an agent too if more is said of it than that.
    """
    found = Names()
    for element in source.all("name"):
        agent = _agent(source, element)
        if agent is None:
            continue
        roles = agent["roles"]
        if "fnd" in roles:
            found.funders.append({"funder": agent["name"], "identifier": agent["uri"]})
        holds = "cph" in roles and found.holder is None
        if holds:
            found.holder = str(agent["name"])
        plain = not (agent["kind"] or agent["authority"])
        if not (plain and (roles == ["fnd"] or (holds and roles == ["cph"] and not agent["uri"]))):
            found.agents.append(agent)
    return found


def _agent(source: Source, element: _Element) -> dict[str, Any] | None:
    if not (name := full_name(source, element)):
        return None
    return {
        "name": name,
        "kind": KINDS.get(element.get("type") or ""),
        "roles": _roles(source, element),
        "uri": _uri(source, element),
        "authority": element.get("authority"),
    }


def full_name(source: Source, element: _Element) -> str:
    """Return a name as people show it: family and given name, terms of address, dates; or its displayForm."""
    parts: dict[str | None, list[str]] = {}
    for part in source.all("namePart", element):
        parts.setdefault(part.get("type"), []).append(source.text(part))
    whole = [*parts.pop(None, []), *_joined(parts.pop("family", [])), *_joined(parts.pop("given", []))]
    rest = [text for kind in ("termsOfAddress", "date") for text in parts.pop(kind, [])]
    others = [text for texts in parts.values() for text in texts]
    name = ", ".join(text for text in (*whole, *others, *rest) if text)
    for shown in source.all("displayForm", element):
        if not name or "".join(shown.itertext()).strip() == name:
            name = source.text(shown)
    return name


def _joined(texts: list[str]) -> list[str]:
    return [" ".join(texts)] if texts else []


def _roles(source: Source, element: _Element) -> list[str]:
    found: dict[str, None] = {}
    for role in source.all("role", element):
        terms = source.all("roleTerm", role)
        known = {term: code for term in terms if (code := _code(source, term))}
        for term in terms:
            if not known and "".join(term.itertext()).strip():
                source.note(term, "is no role of the MARC relators; write its code, such as 'cre' for creator")
        found.update(dict.fromkeys(known.values()))
    return list(found)


def _code(source: Source, term: _Element) -> str | None:
    """Return the MARC relator code that a term, or else its URI, says."""
    word = "".join(term.itertext()).strip()
    ending = (term.get("valueURI") or "").rstrip("/").rpartition("/relators/")[2]
    code = word if word in RELATORS else _CODES.get(word.casefold())
    if code:
        source.text(term)
    elif ending in RELATORS:
        code = ending
    if code == ending:
        source.value(term, "valueURI")
    return code


def _uri(source: Source, element: _Element) -> str | None:
    """Return the URI of a name: its valueURI, else a nameIdentifier that is one."""
    found = source.value(element, "valueURI")
    for identifier in source.all("nameIdentifier", element):
        text = "".join(identifier.itertext()).strip()
        if text == found or (found is None and text.startswith(("http://", "https://"))):
            found = source.text(identifier)
    return found
