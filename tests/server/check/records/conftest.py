"""A store with a record that has all that anybody asks for, in a file that each test has a copy of."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from records.store import Store
from server.check.findings import Report
from server.check.records import check_records
from server.config import Config
from server.library import Library
from tests.server.check.conftest import load

LETTER: dict[str, Any] = {
    "identifier": "letter-1",
    "identifiers": [{"value": "10.12345/letter-1", "kind": "doi"}],
    "titles": [{"text": "A letter", "language": "en"}],
    "agents": [{"name": "Kraus, Charles", "kind": "person", "roles": ["cre"]}],
    "dates": [
        {"edtf": "1965-03-02", "kind": "created"},
        {"edtf": "1966", "kind": "issued"},
        {"edtf": "1965/1967", "kind": "valid"},
    ],
    "types": ["text"],
    "genres": [{"text": "letters"}],
    "languages": ["en"],
    "original_languages": ["zh"],
    "abstracts": [{"text": "He asks for news.", "language": "en"}],
    "subjects": [{"text": "News"}],
    "source": {"repository": "Foreign Ministry Archive", "shelfmark": "109-02833-03"},
    "media_types": ["text/html"],
    "digital_origin": "reformatted digital",
    "collections": ["letters"],
    "rights": {"statement": "Ask us & wait.\nThen quote.", "uri": "http://rightsstatements.org/vocab/InC/1.0/"},
    "funding": [{"acknowledgment": "Made possible by <all of> us."}, {"acknowledgment": "And  by others."}],
    "texts": [{"content": "Dear friend,\nfarewell.", "language": "en"}],
    "cataloguing": {"languages": ["en"]},
}


RECOMMENDED = frozenset({"iiif-recommended", "iiif-recommended-link"})
"""What the manifest of a sound record may lack: what IIIF recommends and nobody states; our links have no profiles."""


@dataclass(frozen=True)
class Repository:
    """A store of our own, which can be spoiled behind the server's back."""

    library: Library
    file: Path

    def checked(self, schemas: Path | None) -> Report:
        """Return what a check finds."""
        return check_records(self.library, schemas=schemas, pause=0, progress=lambda _count: None)

    def execute(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement of SQL on the file."""
        with sqlite3.connect(self.file) as connection:
            found = connection.execute(statement, values).fetchall()
        connection.close()
        return found

    def document(self, name: str) -> str:
        """Return the stored document of the letter in a format."""
        ((body,),) = self.execute("SELECT document FROM entries WHERE format = ?", name)
        return bytes(body).decode()

    def change(self, name: str, pattern: str, new: str) -> None:
        """Replace a pattern in the stored document of the letter in a format."""
        changed, count = re.subn(pattern, new, self.document(name), flags=re.DOTALL)
        assert count, f"{pattern} is not in {self.document(name)}"
        self.execute("UPDATE entries SET document = ? WHERE format = ?", changed.encode(), name)

    def drop(self, name: str) -> None:
        """Lose the stored document of the letter in a format."""
        self.execute("UPDATE entries SET document = NULL WHERE format = ?", name)

    def restate(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change what the store says that the letter states; its documents stay."""
        ((stated,),) = self.execute("SELECT stated FROM records")
        changed = json.loads(stated)
        change(changed)
        self.execute("UPDATE records SET stated = ?", json.dumps(changed).encode())


@pytest.fixture(scope="session")
def letter_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with one letter."""
    folder = tmp_path_factory.mktemp("letter")
    (folder / "in").mkdir()
    config = Config(database_url=f"sqlite:///{folder}/store.sqlite", institution_name="Example Archive")
    store = Store(config.database_url)
    load(Library(config, store), folder / "in", [LETTER])
    store.close()
    return folder / "store.sqlite"


@pytest.fixture
def repository(letter_store: Path, tmp_path: Path) -> Iterator[Repository]:
    """Give a store with one letter."""
    file = tmp_path / "store.sqlite"
    shutil.copy(letter_store, file)
    config = Config(database_url=f"sqlite:///{file}", institution_name="Example Archive")
    library = Library(config, Store(config.database_url))
    yield Repository(library, file)
    library.store.close()
