"""Words that commands and pages share."""

import re

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""What a spreadsheet may take for the beginning of a formula."""


def plural(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def cell(text: str) -> str:
    """Return a text for a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text
