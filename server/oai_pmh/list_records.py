"""ListRecords (OAI-PMH 2.0, 4.5): the records of a list, page by page."""

from records.header import record
from server.library import Library
from server.oai_pmh import list_page
from server.oai_pmh.arguments import Arguments
from server.oai_pmh.document import Answer


def answer(arguments: Arguments, desk: Library) -> Answer:
    """Return a page of records. Raises as `list_page.answer`."""
    return list_page.answer(
        arguments, desk, written=lambda row: record(row.header, row.document, row.about), documents=True
    )
