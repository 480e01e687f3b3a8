"""Datestamps: UTC, in two granularities (OAI-PMH 2.0, 3.3)."""

import re
from datetime import UTC, datetime, timedelta

DAY = "YYYY-MM-DD"
SECONDS = "YYYY-MM-DDThh:mm:ssZ"
"""The granularity of this repository."""

_FORMS = {
    DAY: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "%Y-%m-%d"),
    SECONDS: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"), "%Y-%m-%dT%H:%M:%SZ"),
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_SECONDS = 86400


def granularity(value: str) -> str | None:
    """Return which granularity a datestamp is written in; None if in neither."""
    return next((name for name, (form, _) in _FORMS.items() if form.fullmatch(value)), None)


def first_second(value: str) -> int:
    """Return the first second that a datestamp names, since 1970 UTC.

    Raises:
        ValueError: it is not written as a datestamp, or there is no such day or time.
    """
    name = granularity(value)
    if name is None:
        raise ValueError(f"is neither {DAY} nor {SECONDS}")
    try:
        moment = datetime.strptime(value, _FORMS[name][1]).replace(tzinfo=UTC)
    except ValueError:
        raise ValueError("is no day or time that exists") from None
    return (moment - _EPOCH) // timedelta(seconds=1)


def last_second(value: str) -> int:
    """Return the last second that a datestamp names: of a day, the one before midnight. Raises as `first_second`."""
    return first_second(value) + (_DAY_SECONDS - 1 if granularity(value) == DAY else 0)


EARLIEST, LATEST = first_second("0001-01-01"), last_second("9999-12-31")
"""The first and the last second that can be written."""
