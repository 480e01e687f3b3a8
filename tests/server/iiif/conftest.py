"""Fixtures of IIIF: a function that publishes one letter."""

from collections.abc import Callable
from typing import Any

import pytest

from records.model import Record
from records.publish import Published


@pytest.fixture
def letter(publish: Callable[..., list[Published]]) -> Callable[..., Record]:
    """Give a function that publishes the record letter-1; where nothing else is said it has a title and a text."""

    def publish_letter(**fields: Any) -> Record:  # noqa: ANN401 - any field of a record
        stated = {"titles": [{"text": "A letter"}], "texts": [{"content": "Dear friend,\nfarewell."}]} | fields
        record = Record.model_validate({"identifier": "letter-1", **stated})
        publish(record)
        return record

    return publish_letter
