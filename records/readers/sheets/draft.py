"""A record that is being put together out of cells, and what is to be told of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from records.errors import Fault


class Value(NamedTuple):
    """What stands in a cell, or one of several values there.

    Attributes:
        heading: the heading of the column, as written.
        text: the value, without blanks around it.
        language: the language that the heading states.
    """

    heading: str
    text: str
    language: str | None = None

    @property
    def quoted(self) -> str:
        """The value in quotation marks, as messages show it: no more of it than tells which one it is."""
        return repr(self.text if len(self.text) <= 60 else f"{self.text[:57]}...")


class RefusedError(Exception):
    """A value without which, or with which, the record cannot be taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.problem)
        self.fault = fault


Put = Callable[["Draft", Value], None]
"""Puts a value where it belongs."""


@dataclass
class Draft:
    """A record that is being put together.

    Attributes:
        form: the record, in the form of JSON.
        noted: values that could not be read as what they should be.
        mended: values that were put right.
        row: the row that is read, if it is not the record's own; stands in front of what is told.
    """

    form: dict[str, Any] = field(default_factory=dict)
    noted: list[Fault] = field(default_factory=list)
    mended: list[Fault] = field(default_factory=list)
    row: str = ""

    def add(self, name: str, item: object) -> None:
        """Append to a list of the record."""
        self.form.setdefault(name, []).append(item)

    def state(self, name: str, part: str, value: Value, text: str = "") -> None:
        """State a part that there is only one of; a second value is kept as `unmapped`."""
        self._state(self.form.setdefault(name, {}), part, value, text or value.text)

    def state_alone(self, name: str, value: Value, text: str) -> None:
        """State a field that is one text; a second value is kept as `unmapped`."""
        self._state(self.form, name, value, text)

    def _state(self, holder: dict[str, Any], name: str, value: Value, text: str) -> None:
        if holder.setdefault(name, text) != text:
            self.keep(value, f"{value.quoted} is a second value where a record has one; leave one of them")

    def keep(self, value: Value, problem: str = "") -> None:
        """Keep a value that no field takes, under its heading, and say why."""
        self.form.setdefault("unmapped", {}).setdefault(value.heading, []).append(value.text)
        if problem:
            self.note(value, problem)

    def note(self, value: Value, problem: str) -> None:
        """Say what could not be read."""
        self.noted.append(self.fault(value, problem))

    def mend(self, value: Value, problem: str) -> None:
        """Say what was put right."""
        self.mended.append(self.fault(value, problem))

    def fault(self, value: Value, problem: str) -> Fault:
        """Return what is to be told of a value."""
        return Fault(value.heading, f"{self.row}{problem}", value.text)

    def checked(self, kind: TypeAdapter[str], value: Value) -> str | None:
        """Return a value as its type has it; None where it is none, which is told, and the value kept."""
        try:
            return kind.validate_python(value.text)
        except ValidationError as error:
            self.keep(value, error.errors()[0]["msg"].removeprefix("Value error, "))
            return None
