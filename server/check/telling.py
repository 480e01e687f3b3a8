"""What a check found, told to people (tables) and to programs (JSON)."""

import json
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from server.check.findings import Arrival, Finding, Readiness, Report
from server.check.rules import RULES
from server.words import plural

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
        _tell_places(code, findings, report.count(code, findings), console)
    if report.unchecked:
        console.print("\nNot checked:", highlight=False)
    for reason, codes in report.reasons.items():
        console.print(f"  {plain(reason)}:", markup=False, highlight=False, soft_wrap=True)
        console.print(f"    {', '.join(codes)}", markup=False, highlight=False, soft_wrap=True)
    if report.readiness:
        console.print("\nWhat aggregators find of what they ask for:", highlight=False)
        console.print(_readiness(report))
    if report.completeness:
        console.print("\nWhat the records state:", highlight=False)
        console.print(_completeness(report))
    for arrival in report.arrivals:
        _tell_arrival(arrival, console)


def _summary(report: Report) -> str:
    broken = {finding.code for finding in report.findings}
    unchecked = len(report.rules) - len(broken) - len(report.sound)
    requests = f"{plural(report.requests, 'request')}, " if report.requests else ""
    return (
        f"{report.target}: {plural(len(broken), 'rule')} broken in {plural(report.places, 'place')}, "
        f"{len(report.sound)} not broken, {unchecked} not checked ({requests}{plural(report.records, report.unit)} "
        "looked at)"
    )


def _overview(report: Report) -> Table:
    table = Table("places", "level", "rule", "what should hold, and what to do", expand=True)
    table.columns[2].no_wrap = True
    for code, findings in report.by_rule():
        rule = RULES[code]
        table.add_row(str(report.count(code, findings)), str(rule.level), code, f"{rule.sentence}\n{rule.remedy}")
        table.rows[-1].end_section = True
    return table


def _readiness(report: Report) -> Table:
    table = Table("aggregator", "ready", "records", "what they lack", expand=True)
    for each in report.readiness:
        lacking = sorted((records - report.records, field) for field, records in each.asked if records < report.records)
        lacks = ", ".join(f"{field} ({-count})" for count, field in lacking)
        table.add_row(each.name, f"{report.percent(each.ready)} %", str(each.ready), lacks)
    return table


def _completeness(report: Report) -> Table:
    table = Table("field", "records", "", "", expand=True)
    for field, records in report.completeness:
        share = report.percent(records)
        table.add_row(field, str(records), f"{share} %", "\u2588" * (share // 5))
    return table


def _tell_arrival(arrival: Arrival, console: Console) -> None:
    lines = [f"\n{arrival.name}: {'lacks ' + ', '.join(arrival.lacks) if arrival.lacks else 'has what it asks for'}"]
    for field, values in arrival.fields.items():
        lines += [f"  {field if not number else '':<24}{plain(value)}" for number, value in enumerate(values or ["-"])]
    console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


def _tell_places(code: str, findings: list[Finding], count: int, console: Console) -> None:
    lines = [f"\n{code}"]
    for finding in findings[:SHOWN]:
        lines.append(f"  {plain(finding.where)}")
        lines.append(f"    expected {plain(finding.expected)}")
        lines.append(f"    found    {plain(finding.found)}")
    if count > SHOWN:
        lines.append(f"  and {plural(count - SHOWN, 'place')} more (--format json has them)")
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
        "beyond": dict(report.beyond),
        "unchecked": [each._asdict() for each in report.unchecked],
        "readiness": [_readiness_as_json(report, each) for each in report.readiness],
        "completeness": [each._asdict() for each in report.completeness],
        "arrivals": [asdict(each) for each in report.arrivals],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _readiness_as_json(report: Report, each: Readiness) -> dict[str, object]:
    return {
        "name": each.name,
        "ready": each.ready,
        "percent": report.percent(each.ready),
        "asked": dict(each.asked),
        "wanted": dict(each.wanted),
        "short": report.falling_short(each),
    }
