"""The sample records, as they are stated."""

from pathlib import Path

from records.errors import RecordError
from records.model import Record
from records.readers import READERS
from records.readers.found import Options, Reader

SAMPLES = Path(__file__).parents[1] / "records" / "samples"


def read(reader: Reader, path: Path) -> list[Record | RecordError]:
    """Return what a reader finds in a file, read."""
    found = [item if isinstance(item, RecordError) else item.read() for item in reader(path, Options())]
    return [item if isinstance(item, RecordError) else item.record for item in found]


def samples() -> list[Record | RecordError]:
    """Return the samples, and what is wrong with them, file by file."""
    files = [path for path in sorted(SAMPLES.rglob("*")) if path.suffix in READERS]
    return [found for path in files for found in read(READERS[path.suffix], path)]
