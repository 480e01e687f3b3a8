"""Runs of the check of our records, kept in the store: the newest with what it found, earlier ones with their counts.

A report may have ten thousand places for each rule. What pages show first is kept apart from them: the report with a
few places of each rule; the others are counted in it, and read rule by rule.
"""

import gzip
import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter

from records import check_runs
from records.check_runs import Run
from records.database import Database, seconds
from server.check.findings import Finding, Report
from server.check.rules import RULES
from server.check.rules.rule import Level

FEW = 5
"""Places of each rule that the report is kept with."""

_REPORT = TypeAdapter(Report)


@dataclass(frozen=True)
class Kept:
    """The newest run.

    Attributes:
        number: its number.
        run: its counts.
        report: what it came to, with a few places of each rule, without rules that this program does not know.
    """

    number: int
    run: Run
    report: Report


def keep(database: Database, report: Report, sequence: int) -> None:
    """Keep what a check of the records came to.

    Args:
        database: the store's.
        report: what was found.
        sequence: the number of the last change before the check began.

    Raises:
        StoreError: it cannot be kept; nothing was.
    """
    found = dict(report.by_rule())
    counts = {code: report.count(code, findings) for code, findings in found.items()}
    levels: Counter[Level] = Counter()
    for code, count in counts.items():
        levels[RULES[code].level] += count
    run = Run(
        seconds(),
        sequence,
        version("dragoman"),
        report.records,
        levels[Level.MUST],
        levels[Level.SHOULD],
        levels[Level.ADVICE],
    )
    few = [finding for findings in found.values() for finding in findings[:FEW]]
    beyond = {code: count - FEW for code, count in counts.items() if count > FEW}
    summary = replace(report, rules=list(report.rules), findings=few, beyond=beyond)
    places = {code: _packed([finding[1:] for finding in findings]) for code, findings in found.items()}
    check_runs.put(database, run, _packed(asdict(summary)), places)


def newest(database: Database) -> Kept | None:
    """Return the newest run; None if there was none.

    Raises:
        StoreError: the database does not answer.
    """
    found = check_runs.newest(database)
    return Kept(found.number, found.run, _known(_REPORT.validate_python(_unpacked(found.report)))) if found else None


def findings(database: Database, kept: Kept, code: str) -> list[Finding]:
    """Return what a run found by a rule; nothing if a newer run has taken its place meanwhile.

    Raises:
        StoreError: the database does not answer.
    """
    found = check_runs.findings(database, kept.number, code)
    return [Finding(code, *place) for place in _unpacked(found)] if found else []


def _known(report: Report) -> Report:
    """Return a report without the rules that an earlier program had."""
    return replace(
        report,
        rules=[code for code in report.rules if code in RULES],
        findings=[finding for finding in report.findings if finding.code in RULES],
        unchecked=[each for each in report.unchecked if each.code in RULES],
        beyond={code: count for code, count in report.beyond.items() if code in RULES},
    )


def _packed(content: object) -> bytes:
    return gzip.compress(json.dumps(content, separators=(",", ":")).encode(), mtime=0)


def _unpacked(packed: bytes) -> Any:  # noqa: ANN401 - as JSON has it
    return json.loads(gzip.decompress(packed))
