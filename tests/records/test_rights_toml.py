"""`rights.toml`: which URI staff approved for which words."""

from pathlib import Path

import pytest

from records.model import Record
from records.readers import rights_toml
from records.readers.rights_toml import Wording

IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"
NOT = "http://rightsstatements.org/vocab/NoC-US/1.0/"
FORM = (
    'write one table for each statement: [[rights]], then statement = "In copyright." and '
    'uri = "http://rightsstatements.org/vocab/InC/1.0/"'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give where the file stands."""
    return tmp_path / "rights.toml"


def _record(**rights: str) -> Record:
    return Record.model_validate({"identifier": "r", "titles": [{"text": "T"}], "rights": rights})


def test_what_is_approved_is_read(path: Path) -> None:
    """Each wording with its URI."""
    path.write_text(f'[[rights]]\nstatement = "In copyright."\nuri = "{IN_COPYRIGHT}"\n')
    assert rights_toml.read(path) == ([Wording(statement="In copyright.", uri=IN_COPYRIGHT)], [])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", f": states something else than rights; {FORM}"),
        (b"rights = 1", f": states something else than rights; {FORM}"),
        (b"[[right]]\n", f": states something else than rights; {FORM}"),
        (b"x", ": is not TOML (Expected '=' after a key in a key/value pair (at end of document)); correct it"),
        (b"\xff", ": byte 0xFF is not UTF-8; save the file as UTF-8"),
        (b'[[rights]]\nuri = "http://a.org/"', ", rights 1, statement: is missing; a Wording needs it"),
        (
            b'[[rights]]\nstatement = "S"\nuri = "https://rightsstatements.org/page/InC/1.0/"',
            ", rights 1, uri: 'https://rightsstatements.org/page/InC/1.0/' is not the URI of that rights statement; "
            "write 'http://rightsstatements.org/vocab/InC/1.0/'",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_remedy(path: Path, content: bytes, problem: str) -> None:
    """Of the file, of a table, of a URI."""
    path.write_bytes(content)
    found, errors = rights_toml.read(path)
    assert (found, [str(error) for error in errors]) == ([], [f"{path}{problem}"])


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    """It may go between being found and being read."""
    _found, (error,) = rights_toml.read(path)
    assert str(error) == f"{path}: cannot be read (No such file or directory); give this user the right to"


def test_two_uris_of_one_statement_are_told(path: Path) -> None:
    """The first holds; white space does not make another statement."""
    first, second = Wording(statement="In  copyright", uri=IN_COPYRIGHT), Wording(statement="In copyright\n", uri=NOT)
    uris, (error,) = rights_toml.table([(path, first), (path, first), (path, second)])
    assert uris == {"In copyright": IN_COPYRIGHT}
    assert str(error) == (
        f"{path}, rights: 'In copyright\\n' has the URI '{IN_COPYRIGHT}' already, which holds; keep one of the two"
    )


def test_a_statement_takes_the_uri_that_was_approved() -> None:
    """However its white space is laid out, and stays verbatim itself."""
    given = _record(statement=" In\n copyright ", holder="H")
    assert rights_toml.with_uri(given, {"In copyright": NOT}) == _record(
        statement=" In\n copyright ", holder="H", uri=NOT
    )


@pytest.mark.parametrize(
    "rights",
    [
        {"statement": "In copyright", "uri": IN_COPYRIGHT},
        {"statement": "In Copyright"},
        {"statement": "In copyright."},
        {"holder": "H"},
        {},
    ],
)
def test_nothing_else_takes_one(rights: dict[str, str]) -> None:
    """A URI of its own stays; words that are nearly the same are others."""
    assert rights_toml.with_uri(_record(**rights), {"In copyright": NOT}) is None
