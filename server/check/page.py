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
_STYLE = _FOLDER.parent / "pages" / "static" / "style.css"
"""The one style sheet of all our pages."""

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
        style=_STYLE.read_text(encoding="utf-8"),
        time=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    )
