"""What a check found: values, never exceptions. And what it could not look at, which is never taken for sound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from server.check.rules import RULES
from server.check.rules.rule import Level

CLEAN, FOUND, IMPOSSIBLE = 0, 1, 2
"""The exit statuses: nothing that counts was found; something was; nothing could be checked."""

MOST_PLACES = 10_000
"""Places of one rule that are kept; those beyond are counted."""


class CannotCheckError(Exception):
    """Something could not be looked at; the sentence says why."""


class Place(NamedTuple):
    """Where a rule does not hold, what was expected there and what was found."""

    where: str
    expected: str
    found: str


class Finding(NamedTuple):
    """A rule that does not hold somewhere."""

    code: str
    where: str
    expected: str
    found: str

    @property
    def record(self) -> str:
        """The identifier of our record that it is about: `where` begins with it, and it has no blank in it."""
        return self.where.partition(" ")[0]

    @property
    def part(self) -> str:
        """What follows the identifier: "in" and the document, and the place in it."""
        return self.where.partition(" ")[2]


class Unchecked(NamedTuple):
    """A rule that could not be looked at, and why."""

    code: str
    reason: str


class Share(NamedTuple):
    """How many records have something."""

    name: str
    records: int


@dataclass(frozen=True)
class Readiness:
    """What an aggregator makes of the records.

    Attributes:
        name: the aggregator, or one of its ways to read a format.
        ready: how many records have all that it asks for.
        asked: for each thing that it asks for, how many records have it.
        wanted: the same for what it would like to have too.
        codes: the rules that say what it asks for.
    """

    name: str
    ready: int
    asked: Sequence[Share]
    wanted: Sequence[Share]
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class Arrival:
    """What an aggregator makes of one record.

    Attributes:
        name: the aggregator, or one of its ways to read a format.
        lacks: what it asks for and does not find.
        fields: what it finds in each of its fields.
    """

    name: str
    lacks: Sequence[str]
    fields: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Report:
    """What came of a check.

    Attributes:
        target: what was checked.
        rules: the codes of the rules that it was held to.
        findings: the places where a rule does not hold.
        unchecked: the rules that could not be looked at.
        requests: how many requests were sent.
        records: how many of what the unit names were looked at.
        unit: what was looked at one by one.
        stopped: whether somebody stopped it before its end.
        beyond: how many more places each rule was broken in, where there were too many to keep them all.
        completeness: how many of the records state each field.
        readiness: what aggregators make of the records.
        arrivals: what they make of the one record that was looked at.
    """

    target: str
    rules: Sequence[str]
    findings: Sequence[Finding]
    unchecked: Sequence[Unchecked]
    requests: int
    records: int
    unit: str = "record"
    stopped: bool = False
    beyond: Mapping[str, int] = field(default_factory=dict)
    completeness: Sequence[Share] = ()
    readiness: Sequence[Readiness] = ()
    arrivals: Sequence[Arrival] = ()

    def by_rule(self) -> list[tuple[str, list[Finding]]]:
        """Return the findings of each rule, the most frequent first."""
        grouped: dict[str, list[Finding]] = {}
        for finding in self.findings:
            grouped.setdefault(finding.code, []).append(finding)
        return sorted(grouped.items(), key=lambda item: (-self.count(item[0], item[1]), item[0]))

    def count(self, code: str, findings: Sequence[Finding]) -> int:
        """Return in how many places a rule is broken: those that were kept, and those beyond."""
        return len(findings) + self.beyond.get(code, 0)

    @property
    def places(self) -> int:
        """In how many places rules are broken."""
        return len(self.findings) + sum(self.beyond.values())

    @property
    def reasons(self) -> dict[str, list[str]]:
        """The rules that could not be looked at, by the reason."""
        grouped: dict[str, list[str]] = {}
        for code, reason in self.unchecked:
            grouped.setdefault(reason, []).append(code)
        return grouped

    @property
    def sound(self) -> list[str]:
        """The rules that were looked at, and hold everywhere."""
        others = {finding.code for finding in self.findings} | {each.code for each in self.unchecked}
        return [code for code in self.rules if code not in others]

    def falling_short(self, each: Readiness) -> list[str]:
        """Return the records, by their identifiers, that lack what an aggregator asks for."""
        return list(dict.fromkeys(finding.record for finding in self.findings if finding.code in each.codes))

    def percent(self, records: int) -> int:
        """Return a number of records in percent of all, rounded down: 100 says all."""
        return 100 * records // self.records if self.records else 0

    def status(self, fail_on: Level) -> int:
        """Return the exit status: whether something was found that binds as much as that, or more.

        What was stopped before it found anything is not clean.
        """
        if any(RULES[finding.code].level >= fail_on for finding in self.findings):
            return FOUND
        return IMPOSSIBLE if self.stopped else CLEAN
