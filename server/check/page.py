"""What a check found, as one web page that needs nothing else: it can be sent by mail and opened anywhere."""

from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.check.findings import Report
from server.check.rules import RULES
from server.check.telling import plain
from server.words import plural

MOST = 500
"""Places of one rule, and records that fall short, that are told; JSON has them all."""

_FOLDER = Path(__file__).parent
_STYLES = [_FOLDER.parent / "pages" / "static" / name for name in ("style.css", "report.css")]
"""The style sheet of all our pages, and that of reports."""

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_page(report: Report) -> str:
    """Return a report as HTML."""
    return _ENVIRONMENT.get_template("report.html").render(
        report=report,
        rules=RULES,
        plain=plain,
        plural=plural,
        most=MOST,
        links=None,
        style="".join(sheet.read_text(encoding="utf-8") for sheet in _STYLES),
        time=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    )
