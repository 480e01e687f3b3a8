"""Agents in cells: a name in the column of its role, or `relators:trl:person:Kraus, Charles` (Islandora Workbench)."""

from records.readers.sheets.draft import Draft, Put, Value
from records.relators import RELATORS

_KINDS = {
    "person": "person",
    "corporate_body": "organization",
    "organization": "organization",
    "family": "family",
    "conference": "meeting",
    "meeting": "meeting",
}
"""Vocabularies of names to kinds of agents."""


def agent(role: str | None) -> Put:
    """Return what puts an agent into the record.

    Args:
        role: the role that the column states, as a relator code; None if it states none.
    """

    def put(draft: Draft, value: Value) -> None:
        if not value.text.startswith("relators:"):
            draft.add("agents", {"name": value.text, "roles": [role] if role else []})
            return
        _relators, _, rest = value.text.partition(":")
        stated, _, name = rest.partition(":")
        kind, divided, inner = name.partition(":")
        if divided and kind.strip() in _KINDS:
            name = inner
        if problem := _problem(stated.strip(), name.strip()):
            draft.keep(value, problem)
            return
        item: dict[str, object] = {"name": name.strip(), "roles": [stated.strip()]}
        if divided and kind.strip() in _KINDS:
            item["kind"] = _KINDS[kind.strip()]
        draft.add("agents", item)

    return put


def _problem(role: str, name: str) -> str:
    """Return what is wrong with an agent; empty if nothing is."""
    if role not in RELATORS:
        code = next((code for code, label in RELATORS.items() if label == role.casefold()), None)
        return f"{role!r} is no code of a MARC relator; write " + (
            repr(code) if code else "for example 'cre' (creator), 'rcp' (addressee) or 'trl' (translator)"
        )
    if not name:
        return "has a role and no name; write 'relators:trl:person:Kraus, Charles'"
    if name.isdigit():
        return f"{name!r} is the number of a name in another system; write the name"
    return ""
