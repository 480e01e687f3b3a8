"""What a rule is: a requirement that can be observed from outside, as data."""

from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """How much a rule binds, the least first."""

    ADVICE = 1
    SHOULD = 2
    MUST = 3

    def __str__(self) -> str:
        return self.name.lower()


class Rule(NamedTuple):
    """One requirement.

    Attributes:
        code: its name, for ever: programs and people refer to it.
        level: how much it binds.
        section: where its specification says so.
        sentence: what holds where all is well, for staff.
        remedy: what to do where it does not.
        specification: the name and version of what is kept or broken.
        link: the address of the section.
    """

    code: str
    level: Level
    section: str
    sentence: str
    remedy: str
    specification: str
    link: str
