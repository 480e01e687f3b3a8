"""Findings of a load: what was refused, mended or noted, where, and what to do."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, Self

from records.errors import Fault, RecordError

Kind = Literal["refused", "mended", "noted"]
"""Not taken; put right without loss; kept, but not as what it seems to be."""


class Finding(NamedTuple):
    """One thing that staff should know.

    Attributes:
        kind: what it came to.
        file: the file.
        position: where in it; empty if it concerns the file.
        record: the record's identifier; empty if it has none.
        field: what it concerns, a field or a column; empty if it concerns the whole.
        value: what stands there, where that is one value.
        problem: what was found.
        remedy: what to do; empty if there is nothing to do.
    """

    kind: Kind
    file: str
    position: str
    record: str
    field: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.file, self.position, self.record, self.field)))
        what = "" if self.kind == "refused" else f"{self.kind}: "
        return f"{place}: {what}{self.problem}" + (f"; {self.remedy}" if self.remedy else "")


def refused(error: RecordError) -> Iterator[Finding]:
    """Yield what is wrong with a record or a file that was not taken."""
    return _findings("refused", error.source, error.position, error.identifier, error.faults)


def told(file: str, position: str, record: str, mended: Iterable[Fault], noted: Iterable[Fault]) -> Iterator[Finding]:
    """Yield what is to be said of a record that was taken."""
    yield from _findings("mended", file, position, record, mended)
    yield from _findings("noted", file, position, record, noted)


def _findings(kind: Kind, file: str, position: str, record: str, faults: Iterable[Fault]) -> Iterator[Finding]:
    for fault in faults:
        yield Finding(kind, file, position, record, fault.field, fault.value, fault.finding, fault.remedy)


class Findings:
    """The findings of a load, on disk, since those of a hundred thousand rows would fill the memory.

    They are there as long as the context that this is.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass")  # noqa: SIM115 - kept open
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def add(self, finding: Finding) -> None:
        """Keep a finding."""
        self.counts[finding.kind] += 1
        self._file.write(json.dumps(finding) + "\n")

    def __iter__(self) -> Iterator[Finding]:
        self._file.seek(0)
        for line in self._file:
            yield Finding(*json.loads(line))
