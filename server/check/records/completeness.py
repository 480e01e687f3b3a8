"""Which fields a record states: what staff see as bars."""

from collections.abc import Callable, Iterator

from server.check.records.item import Item, Statement


def _list(name: str) -> Callable[[Statement], bool]:
    return lambda stated: bool(stated.get(name))


def _in(name: str, *parts: str) -> Callable[[Statement], bool]:
    """Return whether a statement, or one of a list of statements, has any of some parts."""

    def has(stated: Statement) -> bool:
        found = stated.get(name) or ()
        return any(each.get(part) for each in ([found] if isinstance(found, dict) else found) for part in parts)

    return has


FIELDS: dict[str, Callable[[Statement], bool]] = {
    "title": _list("titles"),
    "agent": _list("agents"),
    "agent with its role": _in("agents", "roles"),
    "date": _list("dates"),
    "date in EDTF": _in("dates", "edtf"),
    "type": _list("types"),
    "genre": _list("genres"),
    "language of the text": _list("languages"),
    "language of the original": _list("original_languages"),
    "abstract": _list("abstracts"),
    "subject": _list("subjects"),
    "subject with a URI": _in("subjects", "uri"),
    "archive of the original": _in("source", "repository"),
    "shelfmark": _in("source", "shelfmark"),
    "collection": _list("collections"),
    "rights statement": _in("rights", "statement"),
    "rights URI": _in("rights", "uri"),
    "funder": _in("funding", "funder", "acknowledgment"),
    "funder's identifier": _in("funding", "identifier"),
    "page images": _list("pages"),
    "text": _list("texts"),
    "identifier beside the local one": _list("identifiers"),
    "description's language": _in("cataloguing", "languages"),
}
"""The fields, in the order in which they are shown."""


def stated_fields(item: Item) -> Iterator[str]:
    """Yield the fields that a record states, its collections' statements included."""
    return (name for name, is_stated in FIELDS.items() if is_stated(item.stated))
