"""The citation of a record: verbatim where one is stated, else of what is stated alone."""

from typing import Any

import pytest

from mappings.citation import Citation, citation
from mappings.repository import Repository
from records.model import Record

PAGE = "https://records.example.org/records/letter-1"


@pytest.fixture
def repository() -> Repository:
    """Give the publisher."""
    return Repository("https://records.example.org", "records.example.org", "Records")


def _cited(repository: Repository, **fields: Any) -> Citation:  # noqa: ANN401 - any field of a record
    stated = {"identifier": "letter-1", "titles": [{"text": "A letter"}]} | fields
    return citation(Record.model_validate(stated), repository)


def test_a_stated_citation_is_verbatim(repository: Repository) -> None:
    """With its line breaks and blanks, whatever else is stated."""
    text = " An archive,\n 109-02833-03 "
    stated = {"citation": text, "repository": "An archive", "shelfmark": "1"}
    assert _cited(repository, source=stated) == Citation((text,), stated=True)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, f"A letter. {PAGE}"),
        ({"dates": [{"edtf": "1965-03-02", "text": "March 2, 1965"}]}, f"A letter. March 2, 1965. {PAGE}"),
        ({"dates": [{"edtf": "1965"}, {"edtf": "1966"}]}, f"A letter. 1965. {PAGE}"),
        (
            {"dates": [{"edtf": "2011", "kind": "uploaded"}, {"edtf": "1966", "kind": "issued"}]},
            f"A letter. 1966. {PAGE}",
        ),
        ({"dates": [{"edtf": "2011", "kind": "captured"}]}, f"A letter. {PAGE}"),
        ({"source": {"repository": "An archive", "shelfmark": "MS 1"}}, f"A letter. An archive, MS 1. {PAGE}"),
        ({"source": {"shelfmark": "MS 1"}}, f"A letter. MS 1. {PAGE}"),
        ({"source": {"collection": "Letters"}}, f"A letter. {PAGE}"),
        ({"titles": [{"text": "What now?"}]}, f"What now? {PAGE}"),
        (
            {"links": [{"url": "https://www.example.org/1", "kind": "landing page"}]},
            "A letter. https://www.example.org/1",
        ),
    ],
)
def test_another_citation_has_what_is_stated_and_no_more(
    repository: Repository, fields: dict[str, object], text: str
) -> None:
    """Title, date of the document, archive, shelfmark, web address."""
    cited = _cited(repository, **fields)
    assert (cited.text, cited.stated) == (text, False)
