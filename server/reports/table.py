"""Findings on the terminal: lines as they are made, or a table of them."""

from itertools import islice

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from server.check.telling import plain
from server.reports.findings import Finding, Findings
from server.reports.report import Report
from server.words import plural

MOST_LINES = 20
"""What was mended or noted that is told line by line; what was refused is all told."""

MOST_ROWS = 200
"""Findings that a table tells."""

WIDTH = 200
"""Columns of a table where there is no terminal."""


class Teller:
    """Tells findings line by line, and keeps them for a report."""

    def __init__(self, findings: Findings, *, silent: bool) -> None:
        self._findings = findings
        self._silent = silent
        self._told = 0

    def tell(self, finding: Finding) -> None:
        """Keep a finding, and say it unless a table will."""
        self._findings.add(finding)
        if self._silent:
            return
        if finding.kind != "refused":
            self._told += 1
        if finding.kind == "refused" or self._told <= MOST_LINES:
            click.echo(plain_lines(str(finding)), err=True)

    def end(self) -> None:
        """Say how many findings were not told."""
        if not self._silent and self._told > MOST_LINES:
            click.echo(
                f"... and {self._told - MOST_LINES} more that were mended or noted; --report FILE tells all", err=True
            )


def plain_lines(text: str) -> str:
    """Return a stranger's text fit for a terminal, its lines kept."""
    return "\n".join(plain(line) for line in text.split("\n"))


def show(findings: Findings) -> None:
    """Print a table of findings: row, column, value, problem, proposal."""
    if not findings.counts.total():
        return
    console = Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=WIDTH)
    table = Table("row", "column", "value", "problem", "proposal", show_lines=False)
    for finding in islice(findings, MOST_ROWS):
        table.add_row(*(Text(plain(cell)) for cell in _cells(finding)))
    console.print(table)
    if (more := findings.counts.total() - MOST_ROWS) > 0:
        click.echo(f"{plural(more, 'finding')} more; --report FILE tells all")


def show_fields(report: Report, console: Console | None = None) -> None:
    """Print how many of the records that were read have each field, where there is a terminal to read it on.

    Args:
        report: what became of the load.
        console: where to print; the terminal.
    """
    console = console or Console()
    if not console.is_terminal or not report.read:
        return
    table = Table("field", Column("records", justify="right"), Column("share", justify="right"))
    for name, count in report.fields.most_common():
        table.add_row(name, str(count), f"{count / report.read:.0%}")
    console.print(table)


def _cells(finding: Finding) -> tuple[str, ...]:
    place = ", ".join(filter(None, (finding.file, finding.position)))
    return place, finding.field, finding.value, f"{finding.kind}: {finding.problem}", finding.remedy
