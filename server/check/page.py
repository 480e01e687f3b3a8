"""What a check found, as one web page that needs nothing else: it can be sent by mail and opened anywhere."""

from pathlib import Path

from server import standalone
from server.check.findings import Report
from server.check.rules import RULES
from server.check.telling import plain
from server.words import plural

MOST = 500
"""Places of one rule, and records that fall short, that are told; JSON has them all."""

_ENVIRONMENT = standalone.environment(Path(__file__).parent / "templates")


def as_page(report: Report) -> str:
    """Return a report as HTML."""
    return _ENVIRONMENT.get_template("report.html").render(
        report=report,
        rules=RULES,
        plain=plain,
        plural=plural,
        most=MOST,
        links=None,
        **standalone.frame(),
    )
