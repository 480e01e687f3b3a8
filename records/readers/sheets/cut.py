"""A row as it is cut out of a spreadsheet."""

from typing import NamedTuple

from records.errors import Fault

LONGEST = 32 * 1024 * 1024
"""Characters that one row may take; the memory that an input can make us use is bounded by it."""


class SheetError(Exception):
    """The file cannot be read, or not any further; the message is for people, the position names the place."""

    def __init__(self, problem: str, position: str = "") -> None:
        super().__init__(problem)
        self.position = position


class Cut(NamedTuple):
    """A row.

    Attributes:
        number: its number as spreadsheet programs count, from 1.
        cells: the cells as texts.
        faulty: by the place of a cell, why it has no value that can be taken.
        notes: what is to be told of the file; with its first row.
    """

    number: int
    cells: tuple[str, ...]
    faulty: tuple[tuple[int, str], ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def position(self) -> str:
        """Where it stands, in words."""
        return f"row {self.number}"

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


def address(place: int) -> str:
    """Return the letters of a column, counted from 0, as spreadsheet programs have them.

    >>> address(0), address(25), address(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
