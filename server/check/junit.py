"""What a check found, as JUnit's XML, which continuous integration reads: a test case for each rule."""

from datetime import UTC, datetime

from lxml import etree

from server.check.findings import Finding, Report
from server.check.rules import RULES
from server.check.rules.rule import Level
from server.check.telling import plain
from server.words import plural

MOST = 200
"""Places of one rule that are told; JSON has them all."""


def as_junit(report: Report, fail_on: Level) -> str:
    """Return a report as a suite of tests.

    Args:
        report: what was found.
        fail_on: the least level of a rule whose breach is a failure; a breach of a lesser one is told, but passes.
    """
    found, reasons = dict(report.by_rule()), dict(report.unchecked)
    cases = [_case(report, code, found.get(code, []), reasons.get(code), fail_on) for code in report.rules]
    suite = etree.Element("testsuite", name=plain(report.target), tests=str(len(cases)), errors="0", time="0")
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.set("timestamp", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    suite.extend(cases)
    root = etree.Element("testsuites", name="dragoman check")
    root.append(suite)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True).decode()


def _case(report: Report, code: str, findings: list[Finding], reason: str | None, fail_on: Level) -> etree._Element:
    rule = RULES[code]
    case = etree.Element("testcase", {"name": code, "classname": rule.specification, "time": "0"})
    if findings and rule.level >= fail_on:
        failure = etree.SubElement(case, "failure", {"type": str(rule.level), "message": rule.sentence})
        failure.text = _places(report, code, findings)
    elif findings:
        etree.SubElement(case, "system-out").text = _places(report, code, findings)
    elif reason is not None:
        etree.SubElement(case, "skipped", {"message": plain(reason)})
    return case


def _places(report: Report, code: str, findings: list[Finding]) -> str:
    rule, count = RULES[code], report.count(code, findings)
    lines = [f"{rule.sentence} {rule.remedy}", f"{rule.specification}, {rule.section}: {rule.link}"]
    lines += (
        f"{plain(finding.where)}: expected {plain(finding.expected)}, found {plain(finding.found)}"
        for finding in findings[:MOST]
    )
    if count > MOST:
        lines.append(f"and {plural(count - MOST, 'place')} more")
    return "\n".join(lines)
