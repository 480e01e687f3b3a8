"""Tables of contents: whether the pages that they name are there."""

from collections.abc import Iterator, Sequence

from records.errors import Fault
from records.model import Range, Record
from server.words import plural


def faults(record: Record) -> Iterator[Fault]:
    """Yield what is wrong with the table of contents of a record.

    Args:
        record: the record as it is to be published; its page images are measured.
    """
    yield from _faults(record.structures, "structures", len(record.pages))


def _faults(ranges: Sequence[Range], field: str, pages: int) -> Iterator[Fault]:
    for number, each in enumerate(ranges):
        place = f"{field}.{number}"
        if absent := next((page for page in each.pages if page > pages), None):
            there = plural(pages, "page image") if pages else "no page images"
            problem = f"names page {absent}, and the record has {there}; correct the number, or add what is missing"
            yield Fault(f"{place}.pages", problem)
        yield from _faults(each.ranges, f"{place}.ranges", pages)
