"""What is wrong with an input: told to the person who holds the file."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from records.model import Collection, Record

TWICE = " (stated twice)"
"""What a reader appends to the name of a field that it finds a second time."""


class Fault(NamedTuple):
    """One fault.

    Attributes:
        field: what it concerns (`dates.0.edtf`, say, or a column); empty if it concerns the whole.
        problem: what was found and, after the last semicolon, what to do.
        value: what stands there, as it is written; empty where that is not one value.
    """

    field: str
    problem: str
    value: str = ""

    @property
    def finding(self) -> str:
        """What was found."""
        found, divided, _remedy = self.problem.rpartition("; ")
        return found if divided else self.problem

    @property
    def remedy(self) -> str:
        """What to do; empty if the problem does not say."""
        return self.problem.rpartition("; ")[2] if "; " in self.problem else ""


@dataclass(frozen=True, slots=True)
class RecordError:
    """A record that cannot be taken, and everything that is wrong with it.

    Attributes:
        source: the file.
        position: where in it, such as "line 3" or "record 2 (line 17)"; empty if it concerns the file.
        identifier: the record's identifier, if it could be read.
        faults: what is wrong.
    """

    source: str
    position: str
    identifier: str
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        place = [part for part in (self.source, self.position, self.identifier) if part]
        return "\n".join(
            f"{', '.join([*place, *filter(None, [fault.field])])}: {fault.problem}" for fault in self.faults
        )


def faults(error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """Yield each fault that validation found, in the words of a person.

    Args:
        error: what pydantic raised.
        model: the model that was filled.
    """
    for fault in error.errors(include_url=False, include_context=True):
        path = tuple(part for part in fault["loc"] if part != "[key]")
        yield Fault(".".join(map(str, path)), _problem(fault, model, path))


def _problem(fault: Mapping[str, Any], model: type[BaseModel], path: tuple[int | str, ...]) -> str:
    kind, message = fault["type"], str(fault["msg"])
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return _unknown_field(str(path[-1]), _fields_at(model, path[:-1]))
    if kind == "missing":
        return f"is missing; a {_name(model)} needs it"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return f'is {_found(fault["input"])}; write an object, {{"...": ...}}'
    if kind in {"tuple_type", "list_type"}:
        return f"is {_found(fault['input'])}; write a list, [...]"
    remedy = _REMEDIES.get(kind, message[0].lower() + message[1:])
    return f"is {_found(fault['input'])}; {remedy}"


_REMEDIES = {
    "string_type": 'write text, in quotes: "..."',
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "float_parsing": "write a number",
    "float_type": "write a number",
    "date_from_datetime_parsing": "write a day as YYYY-MM-DD",
    "date_type": "write a day as YYYY-MM-DD",
}
"""What to write instead, by pydantic's type of error; its own words are good enough for the others."""


def _unknown_field(name: str, known: list[str]) -> str:
    if name.endswith(TWICE):
        return "keep one of the two"
    near = difflib.get_close_matches(name, known, n=1)
    return "is no field of ours; " + (f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(known)}")


def _fields_at(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Return the names that may stand where an unknown one stood."""
    current: Any = model
    for part in path:
        if isinstance(part, str):
            current = _inner_model(current.model_fields[part].annotation)
    return list(current.model_fields)


def _inner_model(annotation: Any) -> Any:  # noqa: ANN401 - any annotation of a field
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inner_model(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)


def _name(model: type[BaseModel]) -> str:
    return "record" if model is Record else "collection" if model is Collection else model.__name__


def _found(value: object) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, (list, tuple)):
        return "a list"
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}...'"
