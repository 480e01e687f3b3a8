"""Our JSON: one record, a list or JSON Lines; every fault with its place, every good record read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import records.readers.json
from records.model import Record
from records.readers import READERS
from records.readers.json import find
from tests.samples import read

Read = Callable[[bytes | str], list[str]]


def _record(identifier: str, **stated: Any) -> str:  # noqa: ANN401 - anything that JSON holds
    return json.dumps({"identifier": identifier, "titles": [{"text": "T"}]} | stated, ensure_ascii=False)


A, B = _record("a"), _record("b")


@pytest.fixture
def told(tmp_path: Path) -> Read:
    """Give a function that reads a file of given content: identifiers of records, and errors without the path."""
    path = tmp_path / "x.json"

    def tell(content: bytes | str) -> list[str]:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = list(read(find, path))
        return [item.identifier if isinstance(item, Record) else str(item).removeprefix(str(path)) for item in found]

    return tell


@pytest.mark.parametrize(
    ("content", "identifiers"),
    [
        (A, ["a"]),
        (f"\n {A}\n\n", ["a"]),
        (json.dumps(json.loads(A), indent=2), ["a"]),
        (f"[{A}, {B}]", ["a", "b"]),
        (f"[\n{A}\n,\n{B}\n]\n", ["a", "b"]),
        ("[]", []),
        (f"{A}\n{B}", ["a", "b"]),
        (f"\n{A}\r\n\r\n  {B}\r\n", ["a", "b"]),
        (f"\ufeff{A}", ["a"]),
        (f"\ufeff{A}\n{B}\n", ["a", "b"]),
        (f"\ufeff[{A}]", ["a"]),
    ],
)
def test_each_form_of_our_json_is_read(told: Read, content: str, identifiers: list[str]) -> None:
    """One record, a list, lines; indented or not, with a byte order mark or without."""
    assert told(content) == identifiers


NOTHING_BEHIND = "correct it, nothing behind it is read"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [': is empty; write a record, {"identifier": ...}, or a list of them']),
        (" \n", [': is empty; write a record, {"identifier": ...}, or a list of them']),
        ('"a"', [', line 1: is no record; write an object, {"identifier": ...}']),
        (f"[{A}, 7]", ["a", ', record 2 (line 1): is no record; write an object, {"identifier": ...}']),
        (f"[{A},\n]", ["a", f", line 2: is not JSON (Expecting value); {NOTHING_BEHIND}"]),
        (f"[{A}\n{B}]", ["a", ", line 2: '{' stands where ',' should; nothing behind it is read"]),
        (f"[{A}\n", ["a", ", line 2: the end of the file stands where ',' should; nothing behind it is read"]),
        (f"[{A}] []", ["a", ", line 1: something follows the list; put all records into one list"]),
        (
            json.dumps(json.loads(A), indent=1) + "\n" + B,
            ["a", ", line 9: something follows the record; put several records into a list, [...]"],
        ),
        (A[:-1], [f", line 1: is not JSON (Expecting ',' delimiter); {NOTHING_BEHIND}"]),
        ("[" * 100_000, [", line 1: is nested too deeply to be a record; correct its brackets"]),
    ],
)
def test_a_fault_of_syntax_ends_a_document(told: Read, content: str, expected: list[str]) -> None:
    """What came before is read, the place is named."""
    assert told(content) == expected


def test_a_bad_line_costs_that_line_alone(told: Read) -> None:
    """Syntax, encoding, depth, form and content."""
    latin = '{"identifier": "l", "titles": [{"text": "Köln"}]}'.encode("latin-1")
    deep = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    lines = [A.encode(), b"{bad}", latin, deep, b"[]", _record("c", titel=1).encode(), B.encode()]
    assert told(b"\n".join(lines)) == [
        "a",
        ", line 2: is not JSON (Expecting property name enclosed in double quotes at column 2); correct the line",
        ", line 3: byte 0xF6 is not UTF-8; save the file as UTF-8 (it may be in Latin-1 or Windows-1252), nothing was "
        "guessed",
        ", line 4: is nested too deeply to be a record; correct its brackets",
        ', line 5: is no record; write an object, {"identifier": ...}',
        ", line 6, c, titel: is no field of ours; did you mean 'titles'?",
        "b",
    ]


def test_a_bad_first_line_costs_that_line_alone(told: Read) -> None:
    """The file is still taken for lines."""
    assert told("{bad}\n" + B) == [
        ", line 1: is not JSON (Expecting property name enclosed in double quotes at column 2); correct the line",
        "b",
    ]


def test_a_bad_record_in_a_list_costs_that_record_alone(told: Read) -> None:
    """It is named by its number, its line and its identifier."""
    assert told(f"[{A},\n{_record('c', titel=1)},\n{B}]") == [
        "a",
        ", record 2 (line 2), c, titel: is no field of ours; did you mean 'titles'?",
        "b",
    ]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_another_encoding_is_told_and_not_guessed(told: Read, encoding: str) -> None:
    """With the first byte that cannot be, and its line."""
    content = f'[{A},\n{{"identifier": "k", "titles": [{{"text": "Köln"}}]}}]'.encode(encoding)
    line, byte = (1, content[0]) if encoding == "utf-16" else (2, 0xF6)
    assert told(content) == [
        f", line {line}: byte 0x{byte:02X} is not UTF-8; save the file as UTF-8 (it may be in Latin-1 or "
        f"Windows-1252), nothing was guessed"
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (
            A[:-1] + ', "identifier": "b"}',
            ", line 1, a, identifier (stated twice): keep one of the two",
        ),
        (
            '{"identifier": "\\ud800", "titles": [{"text": "T"}]}',
            ", line 1, \\ud800, identifier: U+D800 at character 1 is not allowed in XML 1.0; remove that character",
        ),
        (
            '{"identifier": "a", "titles": [{"text": "T"}], "pages": [{"file": "x", "width": ' + "9" * 5000 + "}]}",
            f", line 1, a, pages.0.width: is '{'9' * 56}...'; unable to parse input string as an integer, exceeded "
            f"maximum size",
        ),
        (
            '{"identifier": "a", "titles": [{"text": "T"}], "subjects": [{"text": "x", "latitude": NaN}]}',
            ", line 1, a, subjects.0.latitude: is nan; input should be less than or equal to 90",
        ),
    ],
)
def test_odd_values_are_told_by_their_field(told: Read, stated: str, expected: str) -> None:
    """Fields that stand twice, half characters, endless numbers, no numbers."""
    assert told(stated) == [expected]


def test_characters_beyond_the_first_plane_are_read(told: Read, tmp_path: Path) -> None:
    """Written out, or as a pair of escapes."""
    told('[{"identifier": "a", "titles": [{"text": "\\ud83d\\udcdc 📜"}]}]')
    (record,) = read(find, tmp_path / "x.json")
    assert isinstance(record, Record)
    assert record.title.text == "📜 📜"


def test_a_record_that_is_too_long_is_told(told: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no input takes all memory; in lines, the next one is read."""
    monkeypatch.setattr(records.readers.json, "LONGEST", 1 << 20)
    problem = "a record of more than 1 million characters; correct the brackets, or divide it"
    long = _record("l", edition="x" * (3 << 20))
    assert told(f"{A}\n{long}\n{B}") == ["a", f", line 2: {problem}", "b"]
    assert told(f"[{A},\n{long},\n{B}]") == ["a", f", line 2: {problem}"]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Missing, or a folder."""
    remedy = "correct its name, or give this user the right to"
    missing = tmp_path / "none.json"
    assert list(map(str, read(find, missing))) == [f"{missing}: cannot be read (No such file or directory); {remedy}"]
    assert list(map(str, read(find, tmp_path))) == [f"{tmp_path}: cannot be read (Is a directory); {remedy}"]


def test_the_endings_of_json_files_have_this_reader() -> None:
    """As the registry of readers says."""
    assert {ending for ending, reader in READERS.items() if reader is find} == {".json", ".jsonl", ".ndjson"}


_texts = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=300)


@given(st.lists(_texts, min_size=1, max_size=8), st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_records_are_read_whatever_piece_of_the_file_they_stand_in(
    tmp_path: Path, texts: list[str], chunk: int, indent: int | None, lines: bool
) -> None:
    """Pieces may end within a character, an escape, a number or a blank; every record arrives as it was written."""
    stated = [
        Record.model_validate({"identifier": f"r{n}", "titles": [{"text": f"T{t}"}]}) for n, t in enumerate(texts)
    ]
    documents = [
        json.dumps(item.model_dump(exclude_defaults=True), ensure_ascii=n % 2 == 0, indent=indent)
        for n, item in enumerate(stated)
    ]
    path = tmp_path / "x.json"
    path.write_text("\n".join(documents) if lines and not indent else f"[{','.join(documents)}]", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records.readers.json, "CHUNK", chunk)
        assert list(read(find, path)) == stated
