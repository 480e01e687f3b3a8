"""`make validity`: whether all that we write of many and varied records is valid, format by format.

Each document is held to the official schema of its format, each manifest to the rules that the tests have for it. The
exit status is 1 if one is not valid, and each fault is told once for each format, with the first record that has it.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from mappings.formats import FORMATS
from mappings.repository import Repository
from records.collections import with_defaults
from records.model import Collection, Institution, Record
from server.publishing import MANIFEST, rendered
from tests.benchmarks.varied_records import SPECS, varied_records
from tests.mappings.iiif import rules
from tests.schemas import FORMATS as SCHEMAS
from tests.schemas import Schemas

STATED = rules.html_in_labels.__name__
"""The one rule that a record can break: a title that states markup is the label, character for character."""

REPOSITORY = Repository(
    base_url="https://archive.example.org",
    name="Example Archive & Sons",
    namespace="archive.example.org",
    institution=Institution(name="Example Archive & Sons", homepage="https://www.example.org/"),
    collections={spec: Collection(spec=spec, title=f"The <{spec}> & more") for spec in SPECS},
)


class Validity:
    """How many documents of each format are valid."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self.valid: Counter[str] = Counter()
        self.invalid: Counter[str] = Counter()
        self.faults: dict[tuple[str, str], str] = {}

    def see(self, identifier: str, documents: Mapping[str, bytes | None]) -> None:
        """Count the documents of a record, and remember what is wrong with them."""
        for form, document in documents.items():
            if document is not None:
                fault = self._fault(form, document)
                (self.invalid if fault else self.valid)[form] += 1
                if fault:
                    self.faults.setdefault((form, fault), identifier)

    def _fault(self, form: str, document: bytes) -> str | None:
        """Return the first thing that is wrong with a document, or None."""
        if form == MANIFEST:
            found = rules.faults(json.loads(document))
            return next((fault for fault in found if not fault.startswith(STATED)), None)
        try:
            root = etree.fromstring(document)
        except etree.XMLSyntaxError as error:
            return str(error)
        official = self._schemas(SCHEMAS[form])
        return None if official.validate(root) else official.error_log[0].message

    def table(self) -> str:
        """Return the counts by format, then the faults."""
        lines = [f"{'format':<14}{'records':>9}{'valid':>9}{'invalid':>9}"]
        for form in (*FORMATS, MANIFEST):
            valid, invalid = self.valid[form], self.invalid[form]
            lines.append(f"{form:<14}{valid + invalid:>9}{valid:>9}{invalid:>9}")
        lines += (f"{form}, {identifier}: {fault}" for (form, fault), identifier in self.faults.items())
        return "\n".join(lines)


def documents(records: Iterable[Record]) -> Iterable[tuple[str, dict[str, bytes | None]]]:
    """Yield the identifier and the documents of each record, as they would be published."""
    for record in records:
        shown, _filled = with_defaults(record, REPOSITORY.collections)
        yield record.identifier, rendered(shown, REPOSITORY)


def main(arguments: list[str] | None = None) -> int:
    """Render varied records, validate them, print a table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="make validity", description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("--records", type=int, default=10_000, help="how many records are written")
    parser.add_argument("--seed", type=int, default=1, help="another one gives other records")
    chosen = parser.parse_args(arguments)
    if not (folder := os.environ.get("DRAGOMAN_SCHEMAS")):
        parser.error("DRAGOMAN_SCHEMAS is not set: it names the folder of the official schemas")
    found = Validity(Schemas(Path(folder).resolve()))
    for identifier, written in documents(map(Record.model_validate, varied_records(chosen.records, chosen.seed))):
        found.see(identifier, written)
    print(found.table())  # noqa: T201 - a table for people
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(main())
