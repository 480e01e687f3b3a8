"""Spreadsheets as text: encodings, delimiters, headings, values, pages in rows of their own; every mistake named."""

import csv
import io
import pickle
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import RecordError
from records.model import Record
from records.readers import READERS, find, read
from records.readers.found import Options, Taken
from records.readers.sheets import cut, families, text
from records.readers.sheets.columns import Column, nearest
from records.readers.sheets.fields import FIELDS

Sheet = Callable[..., list[Taken | RecordError]]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Give a function that reads a sheet of given content."""

    def found(
        content: bytes | str, name: str = "sheet.csv", columns: Path | None = None, separator: str | None = None
    ) -> list[Taken | RecordError]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read(path, Options(columns, separator)))

    return found


def written(*rows: Sequence[str], delimiter: str = ",") -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def taken(found: Sequence[Taken | RecordError]) -> list[Record]:
    """Return the records, of which all must have been taken."""
    assert [str(item) for item in found if isinstance(item, RecordError)] == []
    return [cast(Taken, item).record for item in found]


def one(found: Sequence[Taken | RecordError]) -> tuple[dict[str, Any], list[str]]:
    """Return what the one record states, and what is told of it."""
    (item,) = found
    assert isinstance(item, Taken), str(item)
    told = [f"{fault.field}: {fault.problem}" for fault in (*item.told.mended, *item.told.noted)]
    return item.record.model_dump(mode="json", exclude_defaults=True), told


def refusals(found: Sequence[Taken | RecordError]) -> list[str]:
    """Return what is wrong, without the path."""
    return [str(item).removeprefix(item.source) for item in found if isinstance(item, RecordError)]


# The file.

PLAIN = "identifier;title\nbrief-1;Gruß an Łukasz\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.tab", "a.CSV"])
def test_delimiter_and_encoding_are_found(sheet: Sheet, delimiter: str, encoding: str, name: str) -> None:
    """UTF-8 and UTF-16 say by their first bytes what they are; the headings tell what divides them."""
    mark = "\ufeff" if encoding.endswith("e") else ""
    content = (mark + PLAIN.replace(";", delimiter)).encode(encoding)
    (record,) = taken(sheet(content, name))
    assert (record.identifier, record.title.text) == ("brief-1", "Gruß an Łukasz")


def test_a_delimiter_within_a_heading_does_not_mislead(sheet: Sheet) -> None:
    """What gives most headings that we know divides them."""
    found = sheet('identifier;"title";"a, b, c, d, e"\nx;T;\n')
    assert [record.identifier for record in taken(found)] == ["x"]


def test_windows_1252_is_named_and_nothing_guessed(sheet: Sheet) -> None:
    """Line, byte, and what to do; no row of such a file is taken."""
    assert refusals(sheet("identifier,title\na,A\nb,Grüße\n".encode("cp1252"))) == [
        ", line 3: byte 0xFC is not UTF-8, it may be 'ü' in Windows-1252; save the file as 'CSV UTF-8' (in Excel: Save "
        "As, CSV UTF-8), nothing was guessed"
    ]
    assert refusals(sheet(b"identifier,title\na,\x81")) == [
        ", line 2: byte 0x81 is not UTF-8, it may be a letter in Windows-1252; save the file as 'CSV UTF-8' (in Excel: "
        "Save As, CSV UTF-8), nothing was guessed"
    ]


def test_utf_16_that_is_broken_or_has_no_mark_is_named(sheet: Sheet) -> None:
    """Both can be told from UTF-8."""
    assert refusals(sheet("identifier,title\na,A\n".encode("utf-16-le"))) == [
        ", line 1: holds the character U+0000, as UTF-16 without a byte order mark does; save it as 'CSV UTF-8'"
    ]
    assert refusals(sheet("identifier\na".encode("utf-16") + b"x")) == [
        ", line 2: byte 0x78 is not UTF-16 as the file's first bytes say; save it as 'CSV UTF-8'"
    ]


def test_rows_are_counted_as_spreadsheet_programs_do(sheet: Sheet) -> None:
    """A cell with line breaks is in one row; blank rows and comments count, and are no records."""
    found = sheet('#c,\nid,title\n\na,"two\nlines"\n,\n# b,T\nc,T\n')
    assert [(item.record.identifier, item.told.position) for item in found if isinstance(item, Taken)] == [
        ("a", "row 4"),
        ("c", "row 7"),
    ]


def test_rows_of_the_wrong_length_are_refused_and_the_rest_goes_on(sheet: Sheet) -> None:
    """The message says which cell; blank cells behind the last heading are none."""
    found = sheet("id,title,subject\na,A\nb,B,war,peace\nc,C,war\nd,D,war,,\n")
    assert refusals(found) == [
        ", row 2: has 2 cells, the headings are 3: from 'subject' on there is none; add the cells that are missing, "
        "blank ones too",
        ", row 3: has 4 cells, the headings are 3: 'peace' in column D is one too many; give the column a heading, or "
        "put a text that holds the delimiter in quotation marks",
    ]
    assert [item.record.identifier for item in found if isinstance(item, Taken)] == ["c", "d"]


def test_quotation_marks_that_are_wrong_cost_a_row_or_end_the_file(sheet: Sheet) -> None:
    """As far as it is certain where the row ends."""
    found = sheet('id,title\na,"the "red" book"\nb,B\nc,"open\nd,D\n')
    assert refusals(found) == [
        ", row 2 (line 2): a quotation mark stands within a cell that is in quotation marks, and not before a comma; "
        "write it twice",
        ", row 4 (line 4): a quotation mark opens a cell that does not end before the file does; close it",
    ]
    assert [item.record.identifier for item in found if isinstance(item, Taken)] == ["b"]
    assert refusals(sheet('id;title\na;"b\n"c";"d\ne;E\n')) == [
        ", row 2 (line 2): a quotation mark stands within a cell that is in quotation marks, and not before a "
        "semicolon, nothing behind it is read; write it twice, or close the cell"
    ]


def test_quotation_marks_between_tabs_may_be_letters(sheet: Sheet) -> None:
    """CONTENTdm writes them so."""
    (record,) = taken(sheet('id\ttitle\na\t"Peace" and "War"\n', "a.tsv"))
    assert record.title.text == '"Peace" and "War"'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_system_ends_them(sheet: Sheet, end: str) -> None:
    """Old Macintosh files too; a line break within a cell stays, as LF."""
    found = taken(sheet(f'id,title{end}a,"one{end}two"{end}b,B'))
    assert [record.identifier for record in found] == ["a", "b"]
    assert found[0].title.text.split() == ["one", "two"]


def test_a_row_without_an_end_does_not_fill_the_memory(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an input can make us hold is bounded."""
    monkeypatch.setattr(text, "LONGEST", 1000)
    assert cut.LONGEST > 1000
    endless = "".join(chain('id,title\na,"', ("line\n" for _ in range(1000))))
    (message,) = refusals(sheet(endless))
    assert message.startswith(
        ", line 2: a row of more than 0 million characters begins here; look for a quotation mark"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ": is empty; write headings into its first row ('dragoman template csv' shows them)"),
        (
            "\n,,\n# only a comment\n",
            ": is empty; write headings into its first row ('dragoman template csv' shows them)",
        ),
        (
            "Anna,Karl\nx,y\n",
            ": has no heading that we know ('Anna', 'Karl'); write headings such as 'identifier' and 'title' first",
        ),
        (
            "title,date\nx,y\n",
            ": has no column for the identifier ('title', 'date'); add one with the heading 'identifier'",
        ),
        ("x," * 1001 + "id", ": has 1,002 columns, more than 1,000; leave those out that say nothing"),
        ("id,date\nx,y\n", ": has no column for the title ('id', 'date'); add one with the heading 'title'"),
        (
            "id,title,a\x01\nx,y,z\n",
            ": the heading in column C: U+0001 at character 2 is not allowed in XML 1.0; remove that character",
        ),
    ],
)
def test_files_without_what_is_needed_are_named(sheet: Sheet, content: str, message: str) -> None:
    """Once for the file, not once for each row."""
    assert refusals(sheet(content)) == [message]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """It may vanish between the look and the reading."""
    found = list(read(tmp_path / "gone.csv"))
    assert refusals(found) == [
        ": cannot be read (No such file or directory); correct its name, or give this user the right to"
    ]


# Headings.


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Date created", "date"),
        ("date_created", "date"),
        ("dcterms:created", "date"),
        ("DC:Date", "date"),
        ("dc.date.issued", "date issued"),
        ("Dublin Core: Creator", "creator"),
        ("Dublin Core:Rights Holder", "rights holder"),
        ("Subjects", "subject"),
        ("objectid", "identifier"),
        ("parentid", "parent"),
        ("rightsstatement", "rights uri"),
        ("object_location", "file"),
        ("image_alt_text", "image description"),
        ("display_template", "kept as it is"),
        ("field_linked_agent", "agents"),
        ("field_member_of", "member of"),
        ("field_weight", "order"),
        ("field_edtf_date_issued", "date issued"),
        ("rights_statement", "rights uri"),
        ("based_near", "place"),
        ("resource_type", "type"),
        ("dc.title[zh]", "title"),
        ("Reference URL", "landing page"),
        ("Sender", "creator"),
        ("Addressee", "recipient"),
        ("TRANSLATORS", "translator"),
        ("photographer", "agent:pht"),
        ("field_interviewee", "agent:ive"),
        ("author of afterword, colophon, etc.", "agent:aft"),
        ("medium", ""),
        ("Standort", ""),
        ("", ""),
    ],
)
def test_headings_are_read_as_staff_write_them(heading: str, field: str) -> None:
    """Case, blanks, hyphens, prefixes and a plural do not count."""
    assert Column.of(heading, {}).field == field


def test_no_heading_means_two_things() -> None:
    """Each name stands in one row of the table."""
    names = [
        "".join(letter for letter in name.casefold() if letter.isalnum())
        for field, known in FIELDS.items()
        for name in {field, *known.names}
    ]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize(
    ("heading", "language"),
    [("title@zh", "zh"), ("Title [zh]", "zh"), ("title@chi", "zh"), ("dc.title[en_US]", "en-US"), ("title[]", None)],
)
def test_a_heading_may_state_the_language(heading: str, language: str | None) -> None:
    """As Islandora and DSpace write it, or with an @."""
    column = Column.of(heading, {})
    assert (column.field, column.language, column.problem) == ("title", language, "")


def test_a_heading_that_is_like_a_known_one_gets_a_proposal() -> None:
    """The nearest, if one is near."""
    assert (nearest("subjcet"), nearest("Fotographer")) == ("'subject'", "'photographer'")
    assert nearest("Standort") == "one that 'dragoman template csv' shows"


def test_unknown_columns_are_told_once_and_kept(sheet: Sheet) -> None:
    """With the first record that has a value there, be it refused or not."""
    found = sheet("id,title,Descripton,,Empty\na,A,,,\nb,,x,,\nc,C,y,z,\n")
    assert refusals(found) == [
        ", row 3, b, title: is blank; write a title\n"
        f"{cast(RecordError, found[1]).source}, row 3, b, Descripton: 'Descripton' is no heading that we know, its "
        "values are kept but shown nowhere; write 'description', or say in a --columns file what it means"
    ]
    last = found[-1]
    assert isinstance(last, Taken)
    assert last.record.unmapped == {"Descripton": ("y",), "column D": ("z",)}
    assert [fault.problem for fault in last.told.noted] == [
        "column D has values and no heading, they are kept; write one above it"
    ]


def test_a_language_that_a_heading_cannot_have_is_told(sheet: Sheet) -> None:
    """A name is in no language here; a word that is no language is told too, and the values are taken."""
    stated, told = one(sheet("id,title@xx-x,creator@zh\na,A,B\n"))
    assert (stated["titles"], stated["agents"]) == ([{"text": "A"}], [{"name": "B", "roles": ["cre"]}])
    assert told == [
        "title@xx-x: 'xx-x' in the heading is no language that we know; write for example 'title@zh'",
        "creator@zh: the heading states a language, which the values of this field cannot have; take it out of the "
        "heading",
    ]


def test_headings_that_stand_twice_are_named(sheet: Sheet) -> None:
    """What can hold both values has both; where there is one value, the other is kept."""
    stated, told = one(sheet("id,title,subject,shelfmark,subject,shelfmark\na,A,war,Box 1,peace,Box 2\n"))
    assert [subject["text"] for subject in stated["subjects"]] == ["war", "peace"]
    assert (stated["source"], stated["unmapped"]) == ({"shelfmark": "Box 1"}, {"shelfmark": ["Box 2"]})
    assert told == [
        "subject: the heading 'subject' stands in columns C and E, the values of both are taken; join the columns, or "
        "give each a heading of its own",
        "shelfmark: the heading 'shelfmark' stands in columns D and F, the first value of a row is taken and others "
        "are kept; give each column a heading of its own",
        "shelfmark: 'Box 2' is a second value where a record has one; leave one of them",
    ]


def test_a_file_says_what_own_headings_mean(sheet: Sheet, tmp_path: Path) -> None:
    """With a language, too; the heading as written names the field in what is told."""
    columns = tmp_path / "columns.toml"
    columns.write_text('[columns]\nStandort = "shelfmark"\nTitelZh = "title@zh"\nSprache = "Language"\n')
    content = "Id,Titel Zh,Standort,Sprache,Title\na,信,Box 3,xx-xx-1,Letter\n"
    stated, told = one(sheet(content, columns=columns))
    assert stated["titles"] == [{"text": "信", "language": "zh"}, {"text": "Letter"}]
    assert stated["source"] == {"shelfmark": "Box 3"}
    assert told == ["Sprache: 'xx-xx-1' is no language that we know; write a tag such as 'en', or its name in English"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"[columns",
            ": is not TOML (Expected ']' at the end of a table declaration (at end of document)); correct it",
        ),
        (b"\xff", ": byte 1 is not UTF-8; save the file as UTF-8"),
        (
            b'Ort = "place"',
            ': has another form than it should; write [columns] and below it lines such as "Ort" = "place"',
        ),
        (b"[columns]\nOrt = 3", ", columns.Ort: is 3; write the name of a field in quotation marks"),
        (b'[columns]\nOrt = "plaec"', ", columns.Ort: 'plaec' is no field of ours; write 'place'"),
        (None, ": cannot be read (No such file or directory); correct the name after --columns"),
    ],
)
def test_a_wrong_file_of_columns_is_named(sheet: Sheet, tmp_path: Path, content: bytes | None, message: str) -> None:
    """Nothing is read with half of it."""
    columns = tmp_path / "columns.toml"
    if content is not None:
        columns.write_bytes(content)
    assert refusals(sheet("id,title\na,A\n", columns=columns)) == [message]


# Values.


def test_a_row_of_many_columns_becomes_a_record(sheet: Sheet) -> None:
    """Each value at its place, and nothing beside it."""
    row = {
        "identifier": "letter-1",
        "oai identifier": "oai:archive.example.org:old-1",
        "doi": "10.1234/x",
        "title": "Letter",
        "title@de": "Brief",
        "alternative title": "Note | Lines",
        "sender": "Kraus, Anna | Weber, Karl",
        "recipient": "Town Council",
        "agents": "relators:trl:person:Kraus, Charles | relators:pbl:corporate_body:Press: Sons",
        "date": "1965-03-02",
        "type": "Still Image | letters",
        "language": "en",
        "original language": "zh",
        "abstract@en": "Asks for | news.",
        "subject": "war| |peace",
        "place": "Vienna",
        "latitude": "48.2082",
        "longitude": "16.3738",
        "repository": "Town Archive",
        "shelfmark": "Box 3",
        "citation": "Cite so.",
        "source": "Diary",
        "format": "image/jpeg",
        "collection": "letters:1965",
        "rights": "Free. | Ask us.",
        "license": "https://creativecommons.org/licenses/by/4.0/deed.en",
        "funding acknowledgment": "Made possible by the Town.",
        "funder": "Town | State",
        "funder identifier": "https://ror.org/01",
        "award": "A-1",
        "transcript": "Dear friend",
        "translation@en": "Dear",
        "landing page": "https://example.org/1",
        "manifest": "https://example.org/1/manifest.json",
        "file": "/scans\\1.jpg | https://example.org/2.jpg",
        "embargo": "2030-01-01",
        "published": "1",
    }
    stated, told = one(sheet(written(list(row), list(row.values()))))
    assert stated == {
        "identifier": "letter-1",
        "oai_identifier": "oai:archive.example.org:old-1",
        "identifiers": [{"value": "10.1234/x", "kind": "doi"}],
        "titles": [
            {"text": "Letter"},
            {"text": "Brief", "language": "de"},
            {"text": "Note", "kind": "alternative"},
            {"text": "Lines", "kind": "alternative"},
        ],
        "agents": [
            {"name": "Kraus, Anna", "roles": ["cre"]},
            {"name": "Weber, Karl", "roles": ["cre"]},
            {"name": "Town Council", "roles": ["rcp"]},
            {"name": "Kraus, Charles", "kind": "person", "roles": ["trl"]},
            {"name": "Press: Sons", "kind": "organization", "roles": ["pbl"]},
        ],
        "dates": [{"edtf": "1965-03-02"}],
        "types": ["still image"],
        "genres": [{"text": "letters"}],
        "languages": ["en"],
        "original_languages": ["zh"],
        "abstracts": [{"text": "Asks for | news.", "language": "en"}],
        "subjects": [
            {"text": "war"},
            {"text": "peace"},
            {"text": "Vienna", "kind": "place", "latitude": 48.2082, "longitude": 16.3738},
        ],
        "source": {"repository": "Town Archive", "shelfmark": "Box 3", "citation": "Cite so."},
        "media_types": ["image/jpeg"],
        "collections": ["letters:1965"],
        "relations": [{"title": "Diary", "kind": "original"}],
        "rights": {"statement": "Free. | Ask us.", "uri": "http://creativecommons.org/licenses/by/4.0/"},
        "funding": [
            {"acknowledgment": "Made possible by the Town.", "funder": "Town", "award": "A-1"},
            {"funder": "State"},
        ],
        "texts": [{"content": "Dear friend"}, {"kind": "translation", "language": "en", "content": "Dear"}],
        "pages": [{"file": "scans/1.jpg"}],
        "links": [
            {"url": "https://example.org/1", "kind": "landing page"},
            {"url": "https://example.org/1/manifest.json", "kind": "manifest"},
            {"url": "https://example.org/2.jpg", "kind": "file"},
        ],
        "embargoed_until": "2030-01-01",
        "unmapped": {"funder identifier": ["https://ror.org/01"]},
    }
    assert told == [
        "license: 'https://creativecommons.org/licenses/by/4.0/deed.en' is a web page about the rights statement; its "
        "URI is 'http://creativecommons.org/licenses/by/4.0/'",
        r"file: '/scans\\1.jpg' is read as 'scans/1.jpg', in the folder of the sheet",
        "funder identifier: 'https://ror.org/01' may be of any of the 2 funders; write one identifier for each",
    ]


@pytest.mark.parametrize(
    ("heading", "value", "uri", "statement"),
    [
        ("rights", "https://www.rightsstatements.org/page/InC/1.0/?language=en ", "InC", None),
        ("rightsstatement", " http://rightsstatements.org/vocab/InC/1.0/", "InC", None),
        ("rights_statement", "rightsstatements.org/vocab/InC/1.0/", "InC", None),
        ("rights", "In Copyright", None, "In Copyright"),
        ("rights uri", "In Copyright", None, "In Copyright"),
        ("license", "You may use it, as under CC BY.", None, "You may use it, as under CC BY."),
        (
            "rights",
            "See http://rightsstatements.org/vocab/InC/1.0/",
            None,
            "See http://rightsstatements.org/vocab/InC/1.0/",
        ),
    ],
)
def test_rights_are_a_uri_only_where_one_is_stated(
    sheet: Sheet, heading: str, value: str, uri: str | None, statement: str | None
) -> None:
    """In either column; a text that merely names a licence stays text, and is never lost."""
    (record,) = taken(sheet(written(["id", "title", heading], ["a", "A", value])))
    assert record.rights
    assert record.rights.uri == (f"http://rightsstatements.org/vocab/{uri}/1.0/" if uri else None)
    assert record.rights.statement == statement


def test_an_identifier_column_gives_way_to_one_that_is_named_so_by_a_program(sheet: Sheet) -> None:
    """CollectionBuilder has objectid, and beside it the identifier of the original; foreign ones become local."""
    first, second = taken(sheet("identifier,objectid,title\nMS 7,demo_1,A\n,http://x.org/2,B\n"))
    assert (first.identifier, [item.value for item in first.identifiers]) == ("demo_1", ["MS 7"])
    assert (second.identifier, [item.value for item in second.identifiers]) == ("http-x.org-2", ["http://x.org/2"])


def test_coordinates_go_with_the_place_that_is_meant(sheet: Sheet) -> None:
    """With none they are one, with several nobody knows."""
    found = taken(
        sheet('id,title,place,latitude,longitude,coordinates\na,A,,1.5,-2,\nb,B,X|Y,1,2,\nc,C,X,,,"1,2"\nd,D,,1,,\n')
    )
    assert [[(item.text, item.latitude, item.longitude) for item in record.subjects] for record in found] == [
        [("1.5, -2", 1.5, -2)],
        [("X", None, None), ("Y", None, None)],
        [("X", 1, 2)],
        [],
    ]
    assert [sorted(record.unmapped) for record in found] == [[], ["latitude", "longitude"], [], ["latitude"]]


def test_what_looks_like_a_list_is_told_once_for_each_column(sheet: Sheet) -> None:
    """With the option that divides it; given that option, it is divided."""
    content = "id,title,subject\na,A; B,war; peace\nb,B,war; peace\n"
    found = sheet(content)
    assert [len(item.told.noted) for item in found if isinstance(item, Taken)] == [1, 0]
    assert one(found[:1])[1] == [
        "subject: 'war; peace' looks like several values but is taken as one; if it is, load with --separator ';'"
    ]
    stated, told = one(sheet(content, separator=";")[:1])
    assert ([subject["text"] for subject in stated["subjects"]], told) == (["war", "peace"], [])


def test_messages_quote_no_more_than_tells_which_value_it_is(sheet: Sheet) -> None:
    """The fault has the whole of it."""
    (item,) = sheet(f"id,title,language\na,A,{'x' * 1000}\n")
    assert isinstance(item, Taken)
    (fault,) = item.told.noted
    assert fault.problem.startswith(f"'{'x' * 57}...' is no language")
    assert fault.value == "x" * 1000


MISTAKES: list[tuple[str, str, str]] = [
    ("language", "Klingonisch", "is no language that we know; write a tag such as 'en', or its name in English"),
    ("agents", "relators:xyz:person:Kraus", "'xyz' is no code of a MARC relator; write for example 'cre' (creator), "
     "'rcp' (addressee) or 'trl' (translator)"),
    ("agents", "relators:translator:person:Kraus", "'translator' is no code of a MARC relator; write 'trl'"),
    ("agents", "relators:trl:person:", "has a role and no name; write 'relators:trl:person:Kraus, Charles'"),
    ("field_linked_agent", "relators:trl:17", "'17' is the number of a name in another system; write the name"),
    ("rights uri", "https://", "is not a web address; write it whole, such as 'https://example.org/page'"),
    ("rights uri", "No known copyright", "names a rights statement and stays text; write its URI, "
     "'http://rightsstatements.org/vocab/NKC/1.0/'"),
    ("landing page", "example.org", "is not a web address; write it whole, such as 'https://example.org/page'"),
    ("funder identifier", "ROR 17", "is not a URI; write it whole, such as "
     "'http://id.loc.gov/authorities/names/n79018834'"),
    ("latitude", "48° 12'", "is no latitude; write degrees between -90 and 90 with a point: 48.2082"),
    ("longitude", "200", "is no longitude; write degrees between -180 and 180 with a point: 48.2082"),
    ("coordinates", "48.2", "is no latitude and longitude; write degrees such as '48.2082, 16.3738'"),
    ("format", "Paper", "is no media type; write one such as 'image/jpeg', or put what describes the object into the "
     "column 'extent' or 'genre'"),
    ("digital origin", "borne digital", "is no digital origin; write 'born digital'"),
    ("viewing direction", "rtl", "is no viewing direction; write 'left-to-right', 'right-to-left', 'top-to-bottom', "
     "'bottom-to-top'"),
    ("collection", "Letters of 1965", "cannot be the name of a set, it is kept as what the record is part of; write a "
     "name as in collections.toml, such as 'letters-of-1965'"),
    ("collection", "funder:x", "begins with a word for sets of funders; name the collection otherwise"),
    ("file", "talk.mp3", "is no page image, it is kept and not shown; name images (JPEG, PNG, TIFF) or a PDF, or "
     "the web address of the file"),
    ("pdf", "whole.docx", "is no PDF, it is kept and not shown; name a PDF, or the web address of the file"),
    ("structure", "Enclosure", "does not begin with pages; write '1-3 First letter', or '4 Enclosure'"),
    ("transcript", "/texts/1.txt", "names a file, which is not read; write the text into the cell"),
    ("Shelfmrak", "Box 3", "'Shelfmrak' is no heading that we know, its values are kept but shown nowhere; write "
     "'shelfmark', or say in a --columns file what it means"),
]  # fmt: skip
"""Mistakes: the heading, the value, and what is told of it."""


def test_planted_mistakes_are_told_with_a_proposal_each(sheet: Sheet) -> None:
    """Each costs its value alone, which is kept; the record loads."""
    columns = list(dict.fromkeys(heading for heading, _value, _message in MISTAKES))
    rows = [
        [f"r-{number}", "T", *(value if name == heading else "" for name in columns)]
        for number, (heading, value, _message) in enumerate(MISTAKES)
    ]
    found = sheet(written(["id", "title", *columns], *rows))
    assert len(taken(found)) == len(MISTAKES) == 22
    for item, (heading, value, message) in zip(found, MISTAKES, strict=True):
        stated, told = one([item])
        quoted = repr(value)
        assert told in ([f"{heading}: {message}"], [f"{heading}: {quoted} {message}"])
        assert value in str(stated)
        assert all(fault.remedy for fault in cast(Taken, item).told.noted)


@pytest.mark.parametrize(
    ("row", "messages"),
    [
        ({"id": ""}, ["id: is blank; write an identifier that stays the record's own, such as 'letter-1'"]),
        ({"id": "!!"}, ["id: '!!' has no letter or digit; write for example 'letter-1'"]),
        ({"title": " "}, ["title: is blank; write a title"]),
        (
            {"oai identifier": "letter 1"},
            ["oai identifier: 'letter 1' is no OAI identifier; write one such as 'oai:archive.example.org:letter-1'"],
        ),
        (
            {"visibility": "staff"},
            ["visibility: 'staff' does not tell who may see the record; write 'public', 'hidden' or 'deleted'"],
        ),
        (
            {"embargo": "2030-02-30"},
            [
                "embargo: '2030-02-30' is no day that exists; write the day on which the record may be shown as "
                "YYYY-MM-DD"
            ],
        ),
        (
            {"abstract": "a\x0bb"},
            ["abstract: U+000B at character 2 is not allowed in XML 1.0; remove that character"],
        ),
    ],
)
def test_what_no_record_can_be_without_refuses_the_row(sheet: Sheet, row: dict[str, str], messages: list[str]) -> None:
    """So does what might show a record to those who should not see it."""
    cells = {"id": "a", "title": "A"} | row
    (error,) = sheet(written(list(cells), list(cells.values())))
    assert isinstance(error, RecordError)
    assert [f"{fault.field}: {fault.problem}" for fault in error.faults] == messages
    assert error.position == "row 2"


def test_a_deletion_needs_no_title(sheet: Sheet) -> None:
    """A sheet of identifiers and visibilities withdraws records."""
    (record,) = taken(sheet("id,visibility\na,Deleted\n"))
    assert record.visibility == "deleted"


def test_a_date_that_is_none_stays_as_words(sheet: Sheet) -> None:
    """It is told where it might have been one."""
    stated, told = one(sheet("id,title,date\na,A,02/03/1965\n"))
    assert stated["dates"] == [{"text": "02/03/1965"}]
    assert [message.partition(":")[0] for message in told] == ["date"]


def test_an_error_of_the_spreadsheet_program_is_no_value(sheet: Sheet) -> None:
    """It is kept; where a record cannot be without the value, the row is refused."""
    stated, told = one(sheet("id,title,shelfmark\na,A,#REF!\n"))
    assert (stated["unmapped"], "source" in stated) == ({"shelfmark": ["#REF!"]}, False)
    assert told == ["shelfmark: shows the error '#REF!'; correct the formula, or write the value"]
    assert refusals(sheet("id,title\na,#N/A\n")) == [
        ", row 2, a, title: shows the error '#N/A'; correct the formula, or write the value"
    ]


def test_a_text_that_excel_has_cut_is_told(sheet: Sheet) -> None:
    """A cell holds 32,767 characters there."""
    _stated, told = one(sheet(written(["id", "title", "transcript"], ["a", "A", "x" * 32_767])))
    assert told == [
        "transcript: has 32,767 characters, the most that a cell of Excel holds; look whether its end is there"
    ]


# Pages in rows of their own.


def test_rows_that_name_a_parent_are_its_pages(sheet: Sheet) -> None:
    """They may stand before it, and far from it; their order is that of the weight, then of the rows."""
    stated, told = one(
        sheet(
            "objectid,parentid,title,field_weight,object_location,description,transcript,date\n"
            "p3,a,Page 3,3,3.J2K,,three,\n"
            "p1,a,Page 1,1,1.jpg,A stain,one,\n"
            "a,,Album,,cover.jpg,,,1900\n"
            "p4,a,Page 4,,https://example.org/4.mp4,,heard,\n"
            "p2,a,Page 2,2,2.jpg,,,1901\n"
        )
    )
    assert stated["pages"] == [
        {"file": "cover.jpg"},
        {"file": "1.jpg", "label": "Page 1", "description": "A stain"},
        {"file": "2.jpg", "label": "Page 2"},
        {"file": "3.J2K", "label": "Page 3"},
    ]
    assert stated["texts"] == [
        {"pages": [{"page": 2, "content": "one"}, {"page": 4, "content": "three"}]},
        {"label": "Page 4", "content": "heard"},
    ]
    assert stated["links"] == [{"url": "https://example.org/4.mp4", "kind": "file", "label": "Page 4"}]
    assert stated["dates"] == [{"edtf": "1900"}]
    assert stated["unmapped"] == {"objectid": ["p1", "p2", "p3", "p4"], "title": ["Page 4"], "date": ["1901"]}
    assert told == [
        "date: row 6, a page of this record: '1901' is kept and shown nowhere, for pages have no such field; state it "
        "of the record"
    ]


def test_what_a_page_states_like_its_record_is_no_second_statement(sheet: Sheet) -> None:
    """Rows that repeat the rights of all; what differs is told once for each column, and a hidden page refuses all."""
    head = "id,parentid,title,file,rights,language,visibility\na,,A,,Free.,en,public\n"
    stated, told = one(sheet(f"{head}b,a,B,1.jpg,Free.,de,public\nc,a,C,2.jpg,Free.,fr,yes\n"))
    assert stated["unmapped"] == {"id": ["b", "c"], "language": ["de", "fr"], "visibility": ["yes"]}
    assert told == [
        "language: row 3, a page of this record: 'de' is kept and shown nowhere, for pages have no such field; state "
        "it of the record"
    ]
    assert refusals(sheet(f"{head}b,a,B,1.jpg,,,0\n")) == [
        ", row 2, a, visibility: row 3, a page of this record: '0' would hide this page alone; hide the record in its "
        "own row, or take the page out of the sheet"
    ]


def test_pages_without_their_record_are_refused(sheet: Sheet) -> None:
    """No row has the identifier, or the row names itself."""
    found = sheet("id,parent_id,title,file\na,,A,\nb,x,B,1.jpg\nc,a,C,2.jpg\ne,e,E,4.jpg\n")
    assert refusals(found) == [
        ", row 3, b, parent_id: is 'x', which no row has as its identifier; write that of the record that this is a "
        "page of",
        ", row 5, e, parent_id: is 'e', the identifier of this row itself; write that of the record that this is a "
        "page of",
    ]
    (record,) = [item.record for item in found if isinstance(item, Taken)]
    assert [page.file for page in record.pages] == ["2.jpg"]


def test_no_record_has_more_pages_than_memory_holds(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond is refused, row by row."""
    monkeypatch.setattr(families, "MOST_PAGES", 1)
    found = sheet("id,parent,title,file\na,,A,\nb,a,B,1.jpg\nc,a,C,2.jpg\n")
    assert refusals(found) == [
        ", row 4, c, parent: is 'a' (row 2), which has 1 pages already; divide the record",
    ]


def test_what_a_collection_holds_are_records(sheet: Sheet) -> None:
    """One that says so, and one that holds what has pages: Islandora has collections, books and pages in one sheet."""
    found = taken(
        sheet(
            "id,title,parent_id,field_model,file,field_weight\n"
            "1,Letters,,Collection,,\n2,A photograph,1,Image,2.jpg,\n"
            "3,All books,,,,\n4,A book,3,Paged Content,,\n5,Leaf 2,4,Page,5.jpg,2\n6,Leaf 1,4,Page,6.jpg,1\n"
            "7,A map,3,Image,7.jpg,\n"
        )
    )
    assert [(item.identifier, [page.file for page in item.pages]) for item in found] == [
        ("1", []),
        ("2", ["2.jpg"]),
        ("3", []),
        ("4", ["6.jpg", "5.jpg"]),
        ("7", ["7.jpg"]),
    ]
    assert [[(part.kind, part.title, part.identifier) for part in item.relations] for item in found] == [
        [],
        [("host", "Letters", "1")],
        [],
        [("host", "All books", "3")],
        [("host", "All books", "3")],
    ]


def test_what_a_record_is_a_member_of_may_lie_elsewhere(sheet: Sheet) -> None:
    """Islandora's field_member_of names nodes that no row describes; beside parent_id it names no pages."""
    content = "id,title,field_member_of,file\na,A,17,\nb,B,a,2.jpg\n"
    stated, told = one(sheet(content))
    assert ([page["file"] for page in stated["pages"]], stated["unmapped"]) == (
        ["2.jpg"],
        {"field_member_of": ["17"], "id": ["b"]},
    )
    assert told == [
        "field_member_of: '17' is kept and shown nowhere, since no row with that identifier has a title; name the set "
        "of the record in a column 'collection'"
    ]
    stated, told = one(sheet("id,title,parent_id,field_member_of\na,A,,17\n"))
    assert stated["unmapped"] == {"field_member_of": ["17"]}
    assert told == [
        "field_member_of: '17' is kept and shown nowhere: another column names parents; leave one of the two"
    ]


def test_what_no_format_can_carry_refuses_the_member_too(sheet: Sheet) -> None:
    """In the name of the collection, or in its title."""
    assert refusals(sheet("id,title,member of\na,A,x\x08\n")) == [
        ", row 2, a, member of: U+0008 at character 2 is not allowed in XML 1.0; remove that character"
    ]
    assert refusals(sheet("id,title,parent,model\na,A\x08,,Collection\nb,B,a,\n")) == [
        ", row 2, a, title: U+0008 at character 2 is not allowed in XML 1.0; remove that character",
        ", row 3, b, parent: U+0008 at character 2 is not allowed in XML 1.0; remove that character",
    ]


def test_subjects_of_islandora_say_of_which_vocabulary_they_are(sheet: Sheet) -> None:
    """Where its syntax is exactly followed; other colons are part of the subject."""
    (record,) = taken(sheet("id,title,field_subject\na,A,geo_location:Vienna|person:Kraus|War: a history|x:y\n"))
    assert [(subject.kind, subject.text) for subject in record.subjects] == [
        ("place", "Vienna"),
        ("person", "Kraus"),
        ("topic", "War: a history"),
        ("topic", "x:y"),
    ]


def test_nothing_that_a_page_row_says_is_lost(sheet: Sheet) -> None:
    """What describes the image goes with it; a second description and what has no image are kept."""
    stated, told = one(
        sheet(
            "id,parent,title,file,abstract,alt text\na,,A,,,\n"
            "b,a,B,1.jpg,About it,What it shows\nc,a,C,2.jpg,About it too,\nd,a,D,,Only words,Nothing to see\n"
        )
    )
    assert stated["pages"] == [
        {"file": "1.jpg", "label": "B", "description": "What it shows"},
        {"file": "2.jpg", "label": "C", "description": "About it too"},
    ]
    assert stated["unmapped"] == {
        "id": ["b", "c", "d"],
        "title": ["D"],
        "abstract": ["About it", "Only words"],
        "alt text": ["Nothing to see"],
    }
    assert told == []


def test_what_is_wrong_with_a_page_names_its_row(sheet: Sheet) -> None:
    """What costs a value is told with the record, what cannot be carried refuses it."""
    _stated, told = one(sheet("id,parentid,title,file\na,,A,\nb,a,B,talk.mp3\n"))
    assert told == [
        "file: row 3, a page of this record: 'talk.mp3' is no page image, it is kept and not shown; name images (JPEG, "
        "PNG, TIFF) or a PDF, or the web address of the file"
    ]
    assert refusals(sheet("id,parentid,title\na,,A\nb,a,B\x01\n")) == [
        ", row 2, a, title: row 3, a page of this record: U+0001 at character 2 is not allowed in XML 1.0; remove that "
        "character"
    ]


# Any file.


def test_rows_are_read_elsewhere(tmp_path: Path) -> None:
    """What is found can be handed to another process."""
    path = tmp_path / "a.csv"
    path.write_text("id,title,parent,photographer\na,A,,\nb,B,a,\n")
    (found,) = find(path, Options())
    assert not isinstance(found, RecordError)
    assert pickle.loads(pickle.dumps(found)).read() == found.read()


@given(
    st.binary(max_size=200)
    | st.text(alphabet='id,title;\t"\n\r#|@[]aéz\x00\ufeff', max_size=200).map(
        lambda text: f"id,title,parent,date,file\n{text}".encode()
    )
    | st.lists(st.lists(st.text(max_size=8), min_size=8, max_size=8), max_size=4).map(
        lambda rows: written(
            ["id", "title", "parent", "visibility", "coordinates", "rights uri", "agents", "x"], *rows
        ).encode("utf-8", "surrogatepass")
    )
)
def test_any_bytes_give_records_or_errors(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Nothing crashes, and whatever is taken is a record."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    for item in read(path):
        assert isinstance(item, RecordError) or item.record.identifier


@given(st.fixed_dictionaries({name: st.text(min_size=1, max_size=12) for name in FIELDS}))
def test_no_value_is_lost(tmp_path_factory: pytest.TempPathFactory, row: dict[str, str]) -> None:
    """Each value of a record that is taken stands in it, or in what is told of it."""
    fixed = {"identifier": "a", "title": "T", "visibility": "", "embargo": "", "oai identifier": "", "parent": ""}
    cells = {name: fixed.get(name, row[name]) for name in FIELDS}
    path = tmp_path_factory.getbasetemp() / "kept.csv"
    path.write_bytes(written(list(cells), list(cells.values())).encode())
    (item,) = read(path, Options(separator="\x1f"))
    if isinstance(item, Taken):
        texts = set(_texts(item.record.model_dump(mode="json")))
        assert [name for name, cell in cells.items() if name not in _READ and not (_kept(cell) <= texts)] == []


_READ = frozenset({"order", "language", "original language", "date", "latitude", "longitude", "coordinates", "type"})
"""Columns whose values become something else: a tag, a date, a number, a word of a list."""


def _kept(cell: str) -> set[str]:
    return {cell.strip().replace("\r\n", "\n")} - {""}


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [str(value)]


def test_every_kind_of_text_file_is_read_as_a_sheet() -> None:
    """The endings that people give to them."""
    assert {ending for ending, reader in READERS.items() if reader is READERS[".csv"]} == {
        ".csv",
        ".tsv",
        ".tab",
        ".xlsx",
    }
