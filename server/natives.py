"""Documents that records arrived as, held to the schema of their format before they are served again.

The schemas are those of `dragoman check`: of the folder that DRAGOMAN_SCHEMAS names, or kept from an earlier check.
Nothing is fetched here.
"""

import os
import re
from functools import lru_cache
from pathlib import Path

from lxml import etree

from mappings.namespaces import MARC, MODS, OAI_DC, SCHEMAS
from records.errors import Fault
from records.model import Native
from server.check.findings import CannotCheckError
from server.check.schemas import Schemas, not_fetched, official

NAMESPACES = {"mods": MODS, "oai_dc": OAI_DC, "marc21": MARC}
"""The format of a document to the namespace whose schema it is held to."""

MOST = 5
"""Faults of one document that are told."""


def faults(native: Native) -> tuple[Fault, ...] | None:
    """Return what is wrong with a document by its schema; None if no schema is at hand.

    Args:
        native: the document.
    """
    schema = _schema(native.format)
    if schema is None:
        return None
    try:
        root = etree.fromstring(native.document.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return (Fault("native", f"is not XML ({error.msg}); correct it"),)
    if schema.validate(root):
        return ()
    told = {(error.line, *_subject(error.message)): error for error in reversed(list(schema.error_log))}
    found = [Fault("native", _plainly(error.message, error.line)) for error in reversed(told.values())]
    return tuple(dict.fromkeys(found))[:MOST]


@lru_cache
def _schema(form: str) -> etree.XMLSchema | None:
    """Return the schema of a format, compiled once in each process; None if it cannot be had here."""
    if form not in NAMESPACES:
        return None
    folder = os.environ.get("DRAGOMAN_SCHEMAS")
    namespace = NAMESPACES[form]
    try:
        schemas = Schemas(official(Path(folder) if folder else None, not_fetched))
        return schemas.importing((namespace, SCHEMAS[namespace]))
    except CannotCheckError:
        return None


# In plain words

_MESSAGE = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'(?:, attribute '(?:\{[^}]*\})?([^']+)')?: (.*)", re.S)
_WANTED = re.compile(r"Expected is (?:one of )?\( (.*) \)")
_ALLOWED = re.compile(r"The value '(.*)' is not an element of the set \{(.*)\}", re.S)
_TYPED = re.compile(
    r"'(.*)' is not a valid value of the (?:local )?(?:atomic|list|union) type(?: '(?:\{[^}]*\})?(.*)')?", re.S
)


def _subject(message: str) -> tuple[str, str]:
    """Return the element and the attribute that a message is about."""
    found = _MESSAGE.match(message)
    return (found[1], found[2] or "") if found else (message, "")


def _plainly(message: str, line: int) -> str:
    """Return a message of the schema's processor in the words of a person: element, line, what the schema wants."""
    found = _MESSAGE.match(message)
    if not found:
        return f"line {line} of the document: {message}; correct it"
    element, attribute, problem = found.groups()
    place = f"line {line} of the document: <{element}>"
    if "is not allowed" in problem and attribute:
        return f"{place} has the attribute {attribute}, which the schema does not know; remove it"
    told = _value(problem) or _content(problem)
    return f"{place} {f'has {attribute}: ' if attribute else ''}{told}"


def _value(problem: str) -> str:
    """Return what is said of a value; empty if the problem is none of a value."""
    if allowed := _ALLOWED.search(problem):
        return f"{allowed[1]!r} is no value that the schema knows; write one of {allowed[2]}"
    if typed := _TYPED.search(problem):
        return f"{typed[1]!r} is no value that the schema knows; write one of the type {typed[2] or 'that it names'}"
    return ""


def _content(problem: str) -> str:
    """Return what is said of the elements in an element."""
    wanted = ", ".join(re.sub(r"\{[^}]*\}", "", name) for name in _expected(problem))
    if "is not expected" in problem:
        return f"stands where the schema has none; {f'write {wanted} there' if wanted else 'remove it'}"
    if "Missing child" in problem:
        return f"lacks what the schema wants in it; put one of these into it: {wanted}"
    said = next((said for kind, said in _KINDS_OF_CONTENT.items() if problem.startswith(kind)), None)
    return said or f"is wrong ({' '.join(problem.split())}); correct it"


_KINDS_OF_CONTENT = {
    "Character content": "holds text beside its elements; put the text into one of them",
    "Element content": "holds elements where the schema wants text alone; write text",
}


def _expected(problem: str) -> list[str]:
    """Return what the schema wants instead."""
    found = _WANTED.search(problem)
    return found[1].split(", ") if found else []
