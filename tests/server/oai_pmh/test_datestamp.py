"""Datestamps: two granularities, read and written without loss."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.header import written
from server.oai_pmh.datestamp import first_second, granularity, last_second

MOMENTS = st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_what_is_written_is_read_again(moment: datetime) -> None:
    """A datestamp that we give out may be sent back as `from`."""
    seconds = int(moment.replace(microsecond=0).timestamp())
    assert first_second(written(seconds)) == last_second(written(seconds)) == seconds


@given(MOMENTS)
def test_a_day_is_all_its_seconds(moment: datetime) -> None:
    """Every second of a day lies between its first and its last."""
    day = moment.date().isoformat()
    seconds = int(moment.replace(microsecond=0).timestamp())
    assert first_second(day) <= seconds <= last_second(day)
    assert last_second(day) - first_second(day) == 86399


@given(st.text(max_size=25))
def test_other_text_is_no_datestamp(text: str) -> None:
    """What is in neither form is refused, whatever it holds."""
    if granularity(text) is None:
        with pytest.raises(ValueError, match="is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ"):
            first_second(text)
