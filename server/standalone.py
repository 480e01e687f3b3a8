"""Web pages that need nothing else, so that they can be sent by mail and opened anywhere: reports."""

from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_STYLES = [Path(__file__).parent / "pages" / "static" / name for name in ("style.css", "report.css")]
"""The style sheet of all our pages, and that of reports."""


def environment(folder: Path) -> Environment:
    """Return what renders the templates of a folder; nothing of a value is markup."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def frame() -> dict[str, str]:
    """Return what every such page is rendered with: its style, and the time."""
    return {
        "style": "".join(sheet.read_text(encoding="utf-8") for sheet in _STYLES),
        "time": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }
