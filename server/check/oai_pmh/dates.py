"""Dates as OAI-PMH writes them (2.0, 3.3). Read here a second time, so that `check` does not judge us by ourselves."""

import re
from datetime import UTC, datetime, timedelta

DAY, SECONDS = "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"
_FORMATS = {DAY: "%Y-%m-%d", SECONDS: "%Y-%m-%dT%H:%M:%SZ"}


def granularity(text: str) -> str | None:
    """Return the granularity that a date is written in; None if it is none, or no such day or time exists."""
    form = re.sub(r"[0-9]", "0", text)
    name = {"0000-00-00": DAY, "0000-00-00T00:00:00Z": SECONDS}.get(form)
    return name if name and moment(text) else None


def moment(text: str) -> datetime | None:
    """Return the first second of a date; None if it is none."""
    for form in _FORMATS.values():
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def earlier(text: str, other: str) -> bool:
    """Whether a date is before another one; where one of them is a day, by the day."""
    common = min(len(text), len(other))
    return text[:common] < other[:common]


def moved(text: str, *, days: int) -> str | None:
    """Return a date in the same granularity, so many days later; None where that cannot be written."""
    name, start = granularity(text), moment(text)
    if name is None or start is None:
        return None
    try:
        found = start + timedelta(days=days)
    except OverflowError:
        return None
    return f"{found.year:04}" + found.strftime(_FORMATS[name][2:])
