"""A report for the desk: as a web page, as a spreadsheet, as JSON."""

import csv
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from server import standalone
from server.reports.findings import Finding, Findings
from server.reports.report import Report
from server.words import cell, plural

MOST = 2000
"""Findings that a web page tells; the other forms have them all."""

_ENVIRONMENT = standalone.environment(Path(__file__).parent / "templates")


def write(report: Report, findings: Findings, path: Path, *, dry_run: bool) -> None:
    """Write a report into a file, in the form that its ending says (`FORMS`); what stood there is replaced.

    Args:
        report: what became of the load.
        findings: what staff should know.
        path: the file; the whole report is there, or nothing new.
        dry_run: whether nothing was written into the store.

    Raises:
        OSError: the file cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            FORMS[path.suffix.lower()](report, findings, file, dry_run)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _as_json(report: Report, findings: Findings, file: IO[str], dry_run: bool) -> None:  # noqa: FBT001 - as FORMS calls
    content = {
        "dry_run": dry_run,
        "counts": report.counts(),
        "datestamps_moved": dict(sorted(report.moved.items())),
        "fields": dict(report.fields.most_common()),
        "from_collections": [
            {"collection": spec, "field": name, "records": count}
            for (spec, name), count in sorted(report.from_collections.items())
        ],
        "rights_uris_approved": report.approved,
        "merged": dict(report.merged.most_common()),
        "left": dict(report.left.most_common()),
        "withheld": report.withheld,
        "unmapped": dict(report.unmapped.most_common()),
        "elements": report.elements,
        "native_only": dict(report.native_only.most_common()),
    }
    file.write(json.dumps(content, ensure_ascii=False, indent=2).removesuffix("\n}"))
    file.write(',\n  "findings": [')
    for number, finding in enumerate(findings):
        file.write(("," if number else "") + "\n    " + json.dumps(finding._asdict(), ensure_ascii=False))
    file.write("\n  ]\n}\n")


def _as_csv(_report: Report, findings: Findings, file: IO[str], _dry_run: bool) -> None:  # noqa: FBT001
    file.write("\ufeff")  # spreadsheet programs know UTF-8 by it
    rows = csv.writer(file)
    rows.writerow(Finding._fields)
    rows.writerows([cell(text) for text in finding] for finding in findings)


def _as_page(report: Report, findings: Findings, file: IO[str], dry_run: bool) -> None:  # noqa: FBT001
    file.writelines(
        _ENVIRONMENT.get_template("load.html").generate(
            report=report,
            findings=_some(findings),
            more=max(0, findings.counts.total() - MOST),
            dry_run=dry_run,
            plural=plural,
            **standalone.frame(),
        )
    )


def _some(findings: Findings) -> Iterator[Finding]:
    return islice(findings, MOST)


FORMS: dict[str, Callable[[Report, Findings, IO[str], bool], None]] = {
    ".html": _as_page,
    ".csv": _as_csv,
    ".json": _as_json,
}
"""The ending of a file to the form of a report."""
