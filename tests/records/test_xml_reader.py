"""XML as a stream: every record with its place, whatever stands around it, and nothing that a stranger may plant."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.etree import _Element

from records.errors import RecordError
from records.readers import salvage, xml
from records.readers.found import Options, Taken, Told
from records.readers.place import Place, identity

NAMESPACE = "https://example.org/note"
OPENING = f'<note xmlns="{NAMESPACE}">'
OAI = 'xmlns="http://www.openarchives.org/OAI/2.0/"'

Tell = Callable[[bytes | str], list[str]]


def _read(root: _Element, place: Place) -> Taken | RecordError:
    stated = {"identifier": root.get("id") or "none", "titles": [{"text": (root.text or "").strip() or "-"}]}
    try:
        record, _apart = salvage.record({**stated, **identity(place)})
    except salvage.RefusedError as error:
        return place.refused(error)
    return Taken(record, Told(place.position))


@pytest.fixture(autouse=True)
def _format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(xml.FORMATS, f"{{{NAMESPACE}}}note", _read)


@pytest.fixture
def told(tmp_path: Path) -> Tell:
    """Give a function that reads a file of given content: position, identifier and title, or the error."""
    path = tmp_path / "x.xml"

    def tell(content: bytes | str) -> list[str]:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = [item if isinstance(item, RecordError) else item.read() for item in xml.find(path, Options())]
        return [
            str(item).removeprefix(str(path))
            if isinstance(item, RecordError)
            else f"{item.told.position}: {item.record.identifier} {item.record.visibility} {item.record.title.text}"
            if item.record.titles
            else f"{item.told.position}: {item.record.identifier} {item.record.visibility}"
            for item in found
        ]

    return tell


def note(identifier: str, text: str = "T") -> str:
    """Return a record of the format of this test."""
    return f'<note xmlns="{NAMESPACE}" id="{identifier}">{text}</note>'


def answer(*records: str) -> str:
    """Return an OAI-PMH response of records."""
    return f'<?xml version="1.0"?>\n<OAI-PMH {OAI}><ListRecords>\n' + "\n".join(records) + "\n</ListRecords></OAI-PMH>"


def item(identifier: str, inside: str, status: str = "") -> str:
    """Return a record of an OAI-PMH response."""
    header = f"<header{status}><identifier>{identifier}</identifier><datestamp>2015-07-10</datestamp>"
    return f"<record>{header}<setSpec>maps</setSpec></header>{inside}</record>"


@pytest.mark.parametrize(
    "content",
    [
        note("a") + note("b"),
        note("a") + "\n" + note("b") + "\n",
        f'<?xml version="1.0"?>{note("a")}<?xml version="1.0" encoding="UTF-8"?>{note("b")}',
        f"<notes>{note('a')}{note('b')}</notes>",
        f"<!-- <note> --><?x <note?><notes><part>{note('a')}</part></notes>\n\n<notes>{note('b')}</notes><!-- end -->",
    ],
)
def test_one_record_or_many_or_one_document_behind_another(told: Tell, content: str) -> None:
    """However they were put together."""
    assert [line.split(": ")[1] for line in told(content)] == ["a public T", "b public T"]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64])
def test_it_does_not_matter_how_much_is_read_at_once(told: Tell, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """Tags, letters and documents may be cut anywhere."""
    content = f"<notes>\n{note('a', 'Жук')}\n</notes >\n{note('b', '<![CDATA[</note><?xml ?>]]>')}\n{note('c')}"
    monkeypatch.setattr(xml, "CHUNK", chunk)
    assert told(content) == [
        "record 1 (line 2): a public Жук",
        "record 2 (line 4): b public </note><?xml ?>",
        "record 3 (line 5): c public T",
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1")],
)
def test_encodings_that_are_marked_or_declared(told: Tell, encoding: str, declared: str) -> None:
    """As XML 1.0, 4.3.3 has them."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    assert told((head + note("a", "Größe")).encode(encoding)) == ["record 1 (line 1): a public Größe"]


def test_records_of_oai_responses_keep_identifier_and_sets(tmp_path: Path) -> None:
    """The local identifier is made of the foreign one, which stays."""
    path = tmp_path / "x.xml"
    path.write_text(answer(item("oai:x.org:a/1", f"<metadata>{note('z')}</metadata>")))
    (found,) = (each.read() for each in xml.find(path, Options()) if not isinstance(each, RecordError))
    assert isinstance(found, Taken)
    record = found.record
    assert (record.identifier, record.oai_identifier, record.collections) == (
        "oai-x.org-a-1",
        "oai:x.org:a/1",
        ("maps",),
    )
    assert record.identifiers == ()


def test_what_an_oai_response_holds_besides(told: Tell) -> None:
    """Deletions are records; what is wrong with one costs it alone."""
    assert told(
        answer(
            item("oai:x.org:a", "", ' status="deleted"'),
            item("oai:x.org:b", ""),
            item("", f"<metadata>{note('z')}</metadata>"),
            item("oai:x.org:c", "<metadata><other xmlns='urn:o'/></metadata>"),
            item("oai:x.org:d", f"<metadata>{note('z')}</metadata>"),
        )
    ) == [
        "record 1 (line 3): oai-x.org-a deleted",
        ", record 2 (line 4), oai:x.org:b: has no metadata; ask the repository for it again",
        ", record 3 (line 5): has no identifier in its header; add it, or take the record out of the OAI-PMH response",
        f", record 4 (line 6), oai:x.org:c: is {{urn:o}}other, which we do not read; {xml.WE_READ}",
        "record 5 (line 7): oai-x.org-d public T",
    ]


BOMB = '<!DOCTYPE n [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
BROKEN = [
    ("", f": holds no record; {xml.WE_READ}"),
    ("<notes/>", f": holds no record; {xml.WE_READ}"),
    (
        BOMB + note("a", "&b;"),
        ", line 1: declares a document type, which may bring entities from anywhere; remove the line <!DOCTYPE ...>",
    ),
    (
        '<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE note SYSTEM "file:///etc/passwd">' + note("a"),
        ", line 3: declares a document type, which may bring entities from anywhere; remove the line <!DOCTYPE ...>",
    ),
    ("once upon a time", ", line 1: is not XML; an element should stand here, nothing behind it is read"),
    (f"{OPENING}\n", ", line 2: ends before its last element is closed; save or fetch the file again"),
    ("<not", ", line 1: ends within a tag; save or fetch the file again"),
    (
        b"<note>\n\xfc</note>",
        ", line 2: byte 0xFC is not UTF-8; save the file as UTF-8, or declare the encoding that it is in",
    ),
    (
        '<?xml version="1.0" encoding="klingon"?><note/>',
        ": declares the encoding 'klingon', which is none that we know; save the file as UTF-8",
    ),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_what_cannot_be_read_is_told_with_its_line(told: Tell, content: bytes | str, message: str) -> None:
    """And what to do."""
    assert told(content) == [message]


def test_what_stands_before_a_fault_is_read(told: Tell) -> None:
    """An undeclared entity, a wrong end tag: nothing behind them can be trusted."""
    for fault in ("&x;", "</b>", "<b>\x01</b>", "<>", "<notes></b>"):
        first, error = told(f"<notes>\n{note('a')}\n{fault}{note('b')}</notes>")
        assert first == "record 1 (line 2): a public T"
        assert error.startswith(", line 3: is not XML (")
        assert error.endswith("); correct it, nothing behind it is read")


def test_depth_has_a_limit(told: Tell) -> None:
    """The parser's own: 256."""
    (error,) = told(f"<notes>{'<n>' * 300}{'</n>' * 300}</notes>")
    assert "depth" in error


def test_a_folder_and_what_is_not_there(tmp_path: Path) -> None:
    """Told as for every kind of file."""
    remedy = "correct its name, or give this user the right to"
    missing = tmp_path / "missing.xml"
    assert [str(found) for found in xml.find(missing, Options())] == [
        f"{missing}: cannot be read (No such file or directory); {remedy}"
    ]
    assert [str(found) for found in xml.find(tmp_path, Options())] == [
        f"{tmp_path}: cannot be read (Is a directory); {remedy}"
    ]


PIECES = [
    b"<notes>",
    b"</notes>",
    b"<record>",
    b"<header>",
    b"&lt;",
    b"&x;",
    b"<!--",
    b"-->",
    b"<?xml ?>",
    b"<!DOCTYPE",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6) | st.just(note("a").encode())))
def test_any_bytes_are_records_or_errors(told: Tell, pieces: list[bytes]) -> None:
    """Nothing else comes of them."""
    assert told(b"".join(pieces))
