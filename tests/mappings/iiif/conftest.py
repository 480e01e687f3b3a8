"""The rules of manifests and collections, and golden JSON documents."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mappings.iiif import manifest
from mappings.repository import Repository
from records.model import Record
from tests.mappings.iiif import rules as presentation

GOLDEN = Path(__file__).parents[2] / "golden"

Document = dict[str, Any]


@pytest.fixture(scope="session")
def faults() -> Callable[[Document], list[str]]:
    """Give a function that says where a manifest or collection breaks which rule: `rule /path`."""
    return presentation.faults


@pytest.fixture(scope="session")
def rules() -> list[str]:
    """Give the names of all rules."""
    return [rule.__name__ for rule in presentation.RULES]


@pytest.fixture(scope="session")
def stating() -> Callable[..., Record]:
    """Give a function that makes a record of a title, an abstract and what else it is given."""

    def make(**fields: Any) -> Record:  # noqa: ANN401 - any field of a record
        stated = {"identifier": "r", "titles": [{"text": "T"}], "abstracts": [{"text": "A."}], **fields}
        return Record.model_validate(stated)

    return make


@pytest.fixture(scope="session")
def written(repository: Repository) -> Callable[[Record], Document]:
    """Give a function that writes the manifest of a record and reads it again."""

    def write(record: Record) -> Document:
        document = manifest.write(record, repository)
        assert document is not None
        found: Document = json.loads(document)
        return found

    return write


@pytest.fixture(scope="session")
def golden_json() -> Callable[[str, bytes | None], None]:
    """Give a function that asserts that a document is the golden one of that name (`folder/file.json`), laid out."""

    def check(name: str, document: bytes | None) -> None:
        assert document is not None
        laid_out = json.dumps(json.loads(document), indent=2, ensure_ascii=False) + "\n"
        path = GOLDEN / name
        if os.environ.get("DRAGOMAN_TEST_UPDATE_GOLDEN") == "1":
            path.write_text(laid_out, encoding="utf-8")
        assert laid_out == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="session")
def paragraphs() -> Callable[[str], list[str]]:
    """Give a function that returns the paragraphs of a value in HTML as text, with its line breaks."""

    def read(value: str) -> list[str]:
        root = etree.fromstring(value)
        assert {node.tag for node in root.iter()} <= {"span", "p", "br"}
        found = [root] if root.tag == "p" else list(root)
        return [(p.text or "") + "".join("\n" + (br.tail or "") for br in p) for p in found]

    return read
