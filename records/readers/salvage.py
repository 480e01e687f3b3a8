"""A record out of what a reader gathered: one value that is wrong costs that value, and is kept as `unmapped`."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from records.errors import Fault, faults
from records.model import Record, without_blanks
from records.values import XML_ILLEGAL

UNMAPPED = "unmapped"

NEEDED = frozenset({"identifier", "oai_identifier", "titles", "visibility"})
"""Fields without which, or with a wrong value of which, a record is refused."""


class RefusedError(Exception):
    """The record cannot be taken; holds everything that is wrong with it."""

    def __init__(self, problems: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(problem.problem for problem in problems))
        self.faults = problems


def record(gathered: Mapping[str, object]) -> tuple[Record, list[Fault]]:
    """Return a record, and what is wrong with the values that it keeps as `unmapped` instead.

    Args:
        gathered: what a reader read, in the form of a record as JSON; blanks are dropped.

    Returns:
        The record, and a fault for each value that was set apart; its field is the place in the form
        (`subjects.2.uri`), its value what stands there.

    Raises:
        RefusedError: what a record must have is missing or wrong.
    """
    left: Any = without_blanks(deepcopy(dict(gathered))) or {}
    apart: list[Fault] = []
    while True:
        try:
            return Record.model_validate(left), apart
        except ValidationError as error:
            found = list(faults(error, Record))
            paths = [fault.field.split(".") if fault.field else [""] for fault in found]
            if any(path[0] in NEEDED or path[0] not in left for path in paths):
                raise RefusedError(tuple(found)) from None
            apart += [moved for fault, path in zip(found, paths, strict=True) if (moved := _moved(left, fault, path))]
            left = without_blanks(left) or {}


def _moved(gathered: dict[str, Any], fault: Fault, path: list[str]) -> Fault | None:
    """Return a fault with the value that is set apart for it; None if that went with what it stood in."""
    value = _set_apart(gathered, path)
    return fault._replace(value=value) if value or path[0] == UNMAPPED else None


def _set_apart(gathered: dict[str, Any], path: list[str]) -> str:
    """Move the value at a path, or what it should be part of, to `unmapped`; return it as text."""
    if path[0] == UNMAPPED:
        gathered[UNMAPPED] = _spelled(gathered[UNMAPPED])
        return ""
    holder, key = _deepest(gathered, path)
    texts = _texts(holder[key])
    holder[key] = None
    name = ".".join(part for part in path if not part.isdigit())
    gathered[UNMAPPED] = unmapped = _spelled(gathered.get(UNMAPPED))
    unmapped[name] = [*unmapped.get(name, []), *texts]
    return " | ".join(texts)


def _deepest(gathered: dict[str, Any], path: list[str]) -> tuple[Any, Any]:
    """Return what holds the value at a path, and its key there; where it is missing, of what it is missing in."""
    found: tuple[Any, Any] = gathered, path[0]
    holder: Any = gathered
    for part in path:
        key: Any = int(part) if isinstance(holder, list) else part
        try:
            inner = holder[key]
        except (KeyError, IndexError, TypeError):
            break
        found, holder = (holder, key), inner
    return found


def _spelled(unmapped: object) -> dict[str, list[str]]:
    """Return values without a field as a record keeps them: lists of texts by name, all legal in XML."""
    named = unmapped if isinstance(unmapped, dict) else {"": unmapped}
    return {_legal(str(name)) or "value": texts for name, value in named.items() if (texts := _texts(value))}


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    text = "" if value is None else _legal(str(value))
    return [text] if text.strip() else []


def _legal(text: str) -> str:
    """Return a text with the characters that XML cannot carry written as their code points."""
    return XML_ILLEGAL.sub(lambda found: f"U+{ord(found[0]):04X}", text)
