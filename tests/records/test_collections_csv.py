"""Collections in a sheet: the same as in TOML, with faults by row and column; whatever the bytes are."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from records.model import Collection
from records.readers import collections_csv, collections_toml


def read(folder: Path, text: str | bytes) -> tuple[list[Collection], list[str]]:
    """Return what a sheet states, and what is wrong with it without the name of the file."""
    path = folder / collections_csv.NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, errors = collections_csv.read(path)
    return found, [str(error).removeprefix(f"{path}, ").removeprefix(f"{path}: ") for error in errors]


SHEET = """# ours
Set spec,Title,description,rights_statement,Rights URI,rights-holder,provider,provider homepage,language,funder,award,\
Acknowledgement

letters:1965,Letters of 1965,"What they wrote,
in that year",Ask us.,http://rightsstatements.org/vocab/InC/1.0/,A. B.,Town Archive,https://archive.example.org/,\
en | zh,A Fund,17,"Thanks, ""all"" of you"
 other , Other ,,,,,,,,,,
"""

TOML = """
[[collection]]
spec = "letters:1965"
title = "Letters of 1965"
description = "What they wrote,\\nin that year"
languages = ["en", "zh"]
[collection.rights]
statement = "Ask us."
uri = "http://rightsstatements.org/vocab/InC/1.0/"
holder = "A. B."
[collection.provider]
name = "Town Archive"
homepage = "https://archive.example.org/"
[[collection.funding]]
funder = "A Fund"
award = "17"
acknowledgment = 'Thanks, "all" of you'
[[collection]]
spec = "other"
title = "Other"
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_sheet_states_what_toml_states(tmp_path: Path, mark: str, ends: str) -> None:
    """Comments, blank rows and blank cells pass; headings are read as staff write them."""
    (tmp_path / collections_toml.NAME).write_text(TOML)
    expected, _errors = collections_toml.read(tmp_path / collections_toml.NAME)
    found, errors = read(tmp_path, mark + SHEET.replace("\n", ends))
    assert (found, errors) == (expected, [])


@pytest.mark.parametrize("divider", [";", "\t"])
def test_other_dividers_are_found(tmp_path: Path, divider: str) -> None:
    """By the heading row."""
    text = "spec,title,rights\na,A,No, really\n".replace("No,", "No;;").replace(",", divider)
    text = text.replace("No;;", '"No,').replace("really", 'really"')
    (found,), errors = read(tmp_path, text)
    assert (found.title, found.rights and found.rights.statement, errors) == ("A", "No, really", [])


def test_every_column_has_its_place(tmp_path: Path) -> None:
    """The sheet can state all that a collection may, of which there is one."""
    addresses = (" uri", "homepage", "logo", "identifier")
    values = {
        name: "https://example.org/" if name.endswith(addresses) else "words" for name in collections_csv.COLUMNS
    } | {
        "spec": "a",
        "languages": "en",
        "original languages": "zh",
        "rights uri": "http://rightsstatements.org/vocab/InC/1.0/",
    }
    (found,), errors = read(tmp_path, f"{','.join(values)}\n{','.join(values.values())}\n")
    assert errors == []
    assert found.model_fields_set == set(Collection.model_fields)


FAULTS = """spec,title,rights uri,language,provider,provider homepage,rights
a b,A,,,,,
b,,,,,,
c,C,free,,,,
d,D,,en|engl,,,
e,E,,,,https://archive.example.org/,
f,F,,,,,,too many
g,G,,,P,,
g,Again,,,,,
funder:x,X,,,,,
h,H,,,,,https://rightsstatements.org/page/InC/1.0/
"""


def test_faults_are_told_by_row_and_column(tmp_path: Path) -> None:
    """Each costs its row alone."""
    found, errors = read(tmp_path, FAULTS)
    assert [collection.spec for collection in found] == ["g"]
    assert errors[0].startswith("row 2, spec: 'a b' ")
    assert errors[1] == "row 3, title: is missing; a collection needs it"
    assert errors[2].startswith("row 4, rights uri: 'free' ")
    assert errors[3].startswith("row 5, language: 'engl' ")
    assert errors[4] == "row 6, provider: is missing, and other cells of the row need it; fill it in, or clear those"
    assert errors[5:] == [
        "row 7: has 8 cells, the headings are 7; put a text with commas into quotation marks",
        "row 9, spec: is stated by a row further up already; put both into one",
        "row 10, spec: 'funder:x': 'funder' is reserved for the sets of funders; name the collection otherwise",
        "row 11, rights: is a URI, 'https://rightsstatements.org/page/InC/1.0/'; put it into a column 'rights uri'",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "is empty; write the headings 'spec' and 'title' into the first row, and a row for each "),
        (b"spec,titel\n", "row 1, titel: is no column of ours; did you mean 'title'?"),
        (b"spec,title,,award\n", "row 1, a blank heading: is no column of ours; known are: spec, title, description, "),
        (b"spec,title,Set\n", "row 1, spec: stands over several columns; keep one of them"),
        (b"spec,award\n", "row 1: has no column 'title'; write the headings 'spec' and 'title' into the first "),
        (b"spec,title\na,\xe9\n", "byte 0xE9 is not UTF-8; save the file as CSV UTF-8"),
        (b'spec,title\na,"b"c\n', "row 2: cannot be read on (',' expected after '\"'); correct the quotation marks"),
        (b'spec,title\na,"b\n', "row 2: cannot be read on (unexpected end of data); correct the quotation marks"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: bytes, message: str) -> None:
    """With the remedy; nothing of it is taken."""
    found, errors = read(tmp_path, text)
    assert (found, len(errors), errors[0].startswith(message)) == ([], 1, True), errors


_CELLS = st.text("spectil,;\"'\n\r\t\x00#a|:\u2028", max_size=60)


@given(st.binary(max_size=60) | _CELLS.map(lambda text: f"spec,title\n{text}".encode()))
@example(b"spec,title\n\x00,a")
def test_whatever_the_bytes_are_they_are_read_or_told(tmp_path: Path, content: bytes) -> None:
    """Nothing else is raised."""
    found, errors = read(tmp_path, content)
    assert all(isinstance(each, Collection) for each in found)
    assert all(errors)
