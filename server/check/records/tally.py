"""What was seen of a batch of records, to be added up: it stays small however many records there are."""

from collections import Counter
from dataclasses import dataclass, field

from server.check.findings import MOST_PLACES, Finding, Unchecked


@dataclass
class Tally:
    """What was seen of records.

    Attributes:
        records: how many there were.
        findings: the places where rules do not hold, by rule.
        beyond: how many more places there were.
        unchecked: the rules that could not be looked at.
        documents: how many documents there were in each format.
        stated: how many records state each field.
        met: how many records have what is asked for: by who asks, and what.
        ready: how many records have all that somebody asks for.
    """

    records: int = 0
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    beyond: Counter[str] = field(default_factory=Counter)
    unchecked: dict[Unchecked, None] = field(default_factory=dict)
    documents: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    ready: Counter[str] = field(default_factory=Counter)

    def find(self, finding: Finding) -> None:
        """Take a place where a rule does not hold."""
        kept = self.findings.setdefault(finding.code, [])
        if len(kept) < MOST_PLACES:
            kept.append(finding)
        else:
            self.beyond[finding.code] += 1

    def add(self, other: "Tally") -> None:
        """Take what was seen of other records."""
        self.records += other.records
        for findings in other.findings.values():
            for finding in findings:
                self.find(finding)
        self.unchecked |= other.unchecked
        self.beyond.update(other.beyond)
        self.documents.update(other.documents)
        self.stated.update(other.stated)
        self.met.update(other.met)
        self.ready.update(other.ready)
