"""Writing XML as text: elements, with attributes only where there is something to say.

Names are written with the prefixes that the root declares. Text is all of a record, and elements are so alike, that
building a tree of them first would cost several times as much.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from records.xml import escaped, escaped_attribute

LANG = "xml:lang"
SCHEMA_LOCATION = "xsi:schemaLocation"

Attributes = Mapping[str, str | None]
"""Attributes by name, with the prefix where it has one; those that are None or empty are left out."""

_NONE: Attributes = {}

_quoted = lru_cache(maxsize=1024)(escaped_attribute)
"""Most attributes are words of a standard, the same in each record."""


def element(name: str, text: str | None, attributes: Attributes = _NONE) -> str:
    """Return an element that holds a text; nothing if there is no text for it.

    Args:
        name: its name, with the prefix where it has one.
        text: its text, character for character.
        attributes: its attributes.
    """
    return f"<{name}{_said(attributes)}>{escaped(text)}</{name}>" if text else ""


def around(name: str, children: Iterable[str], attributes: Attributes = _NONE) -> str:
    """Return an element that holds others; one without any is empty.

    Args:
        name: its name, with the prefix where it has one.
        children: elements, in their order.
        attributes: its attributes; those of a root declare namespaces too.
    """
    inside = "".join(children)
    return f"<{name}{_said(attributes)}>{inside}</{name}>" if inside else f"<{name}{_said(attributes)}/>"


def tags(name: str, attributes: Attributes) -> tuple[str, str]:
    """Return what opens and what closes an element.

    Args:
        name: its name, with the prefix where it has one.
        attributes: its attributes.
    """
    return f"<{name}{_said(attributes)}>", f"</{name}>"


def _said(attributes: Attributes) -> str:
    return "".join([f' {name}="{_quoted(value)}"' for name, value in attributes.items() if value])
