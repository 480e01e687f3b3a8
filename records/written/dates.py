"""Dates as archives write them, into EDTF (ISO 8601-2:2019, annex A)."""

from typing import NamedTuple

from records import dates


class Written(NamedTuple):
    """A date as it was read.

    Attributes:
        edtf: the date; None if the words state none ("undated"), or one that cannot be told.
        problem: why it cannot be told and, after the last semicolon, what to write; empty if nothing is wrong.
    """

    edtf: str | None
    problem: str = ""


def read(text: str) -> Written:
    """Return what the words of a date say.

    Args:
        text: the date as its source has it.
    """
    try:
        dates.parse(text.strip())
    except ValueError as error:
        return Written(None, str(error))
    return Written(text.strip())
