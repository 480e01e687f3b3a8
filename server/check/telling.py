"""What a check found, told to people (tables) and to programs (JSON)."""

import json

from rich.console import Console
from rich.table import Table

from server.check.findings import Finding, Report
from server.check.rules import RULES

SHOWN = 3
"""Places of one rule that people are shown; JSON has them all."""

LONGEST = 300
"""Characters of what was found that people are shown."""


def tell(report: Report, console: Console) -> None:
    """Print a report for people: a table of what is wrong, the most frequent first, then where, then the unchecked."""
    console.print(_summary(report), markup=False, highlight=False, soft_wrap=True)
    if report.findings:
        console.print(_overview(report))
    for code, findings in report.by_rule():
        _tell_places(code, findings, console)
    if report.unchecked:
        console.print("\nNot checked:", highlight=False)
    for reason, codes in _by_reason(report).items():
        console.print(f"  {plain(reason)}:", markup=False, highlight=False, soft_wrap=True)
        console.print(f"    {', '.join(codes)}", markup=False, highlight=False, soft_wrap=True)


def _by_reason(report: Report) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for code, reason in report.unchecked:
        grouped.setdefault(reason, []).append(code)
    return grouped


def _summary(report: Report) -> str:
    broken = {finding.code for finding in report.findings}
    unchecked = {each.code for each in report.unchecked} - broken
    others = len(report.rules) - len(broken) - len(unchecked)
    return (
        f"{report.target}: {_count(len(broken), 'rule')} broken in {_count(len(report.findings), 'place')}, "
        f"{others} not broken, {len(unchecked)} not checked ({_count(report.requests, 'request')}, "
        f"{_count(report.records, report.unit)} looked at)"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _overview(report: Report) -> Table:
    table = Table("places", "level", "rule", "what should hold, and what to do", expand=True)
    table.columns[2].no_wrap = True
    for code, findings in report.by_rule():
        rule = RULES[code]
        table.add_row(str(len(findings)), str(rule.level), code, f"{rule.sentence}\n{rule.remedy}")
        table.rows[-1].end_section = True
    return table


def _tell_places(code: str, findings: list[Finding], console: Console) -> None:
    lines = [f"\n{code}"]
    for finding in findings[:SHOWN]:
        lines.append(f"  {plain(finding.where)}")
        lines.append(f"    expected {plain(finding.expected)}")
        lines.append(f"    found    {plain(finding.found)}")
    if len(findings) > SHOWN:
        lines.append(f"  and {_count(len(findings) - SHOWN, 'place')} more (--format json has them all)")
    console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


def plain(text: str) -> str:
    """Return a stranger's text fit for a terminal: not too long, and nothing in it that a terminal would obey."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in cut)


def as_json(report: Report) -> str:
    """Return a report for programs."""
    findings = [{"level": str(RULES[finding.code].level), **finding._asdict()} for finding in report.findings]
    content = {
        "target": report.target,
        "requests": report.requests,
        "records": report.records,
        "findings": findings,
        "unchecked": [each._asdict() for each in report.unchecked],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
