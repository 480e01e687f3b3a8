"""The command line: what it prints, and the status it ends with, for bad input first."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mappings.formats import FORMATS
from records.readers import READERS
from records.store import Store
from records.tables import SCHEMA
from server.cli import main

MOVED = ", ".join(f"{name} 1" for name in sorted([*FORMATS, "manifest"]) if name not in {"edm", "oai_datacite"})

Run = Callable[..., Result]

GOOD = {"identifier": "good", "titles": [{"text": "A good record"}], "abstracts": [{"text": "Something to read."}]}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs a command in an empty folder, without any settings."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[], dict[str, int]]:
    """Give a function that tells what the store holds."""
    return lambda: Store(f"sqlite:///{tmp_path}/var/dragoman.sqlite").counts()


def write(name: str, *records: object) -> Path:
    """Write records as a JSON list."""
    path = Path(name)
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return path


def test_load_tells_what_became_of_each_record(run: Run, loaded: Callable[[], dict[str, int]]) -> None:
    """A first load creates; the same file again changes nothing."""
    path = write("in.json", GOOD)
    first = run("load", path)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == f"1 record loaded: 1 added\ndatestamps moved: {MOVED}\n"
    assert loaded() == {"shown": 1, "hidden": 0, "withdrawn": 0}
    assert run("load", path).stdout == "1 record loaded: 1 unchanged\ndatestamps moved: none\n"


BAD = [
    (
        {"identifier": "a/b", "titles": [{"text": "x"}]},
        "in.json, record 2 (line 1), a/b, identifier: 'a/b' cannot stand in a URL as it is; use only "
        "A-Z a-z 0-9 . _ ~ - , beginning with a letter or a digit, 200 at most (for example 'a-b')\n",
    ),
    (
        {"identifier": "my letter", "titles": [{"text": "x"}]},
        "in.json, record 2 (line 1), my letter, identifier: 'my letter' cannot stand in a URL as it is; use only "
        "A-Z a-z 0-9 . _ ~ - , beginning with a letter or a digit, 200 at most (for example 'my-letter')\n",
    ),
    (
        {
            "identifier": "r",
            "titles": [{"text": "x"}],
            "rights": {"uri": "https://rightsstatements.org/page/NoC-US/1.0/"},
        },
        "in.json, record 2 (line 1), r, rights.uri: 'https://rightsstatements.org/page/NoC-US/1.0/' is not the URI of "
        "that rights statement; write 'http://rightsstatements.org/vocab/NoC-US/1.0/'\n",
    ),
    (
        {"identifier": "r", "titles": [{"text": "a\u0000b"}]},
        "in.json, record 2 (line 1), r, titles.0.text: U+0000 at character 2 is not allowed in XML 1.0; remove that "
        "character\n",
    ),
    (
        GOOD,
        "in.json, record 2 (line 1), good, identifier: stands in in.json, record 1 (line 1) already, which was taken; "
        "give each record "
        "an identifier of its own\n",
    ),
    (
        {"identifier": "r", "titles": [{"text": "x"}], "pages": [{"file": "page.jpg"}]},
        "in.json, record 2 (line 1), r, pages.0.file: 'page.jpg' is not in .; put the file there, or correct "
        "the name\n",
    ),
    (
        {"identifier": "r", "titles": [{"text": "x"}], "titel": "x"},
        "in.json, record 2 (line 1), r, titel: is no field of ours; did you mean 'titles'?\n",
    ),
]


@pytest.mark.parametrize(("record", "message"), BAD)
def test_a_bad_record_is_named_and_the_others_load(
    run: Run, loaded: Callable[[], dict[str, int]], record: object, message: str
) -> None:
    """The message names file, place, record, field, what was found and what to write; the status is 1."""
    result = run("load", write("in.json", GOOD, record))
    assert (result.exit_code, result.stderr) == (1, f"{message}not loaded: 1 record or file with faults, see above\n")
    assert loaded() == {"shown": 1, "hidden": 0, "withdrawn": 0}


@pytest.mark.parametrize(("record", "message"), BAD)
def test_strict_loads_nothing_where_anything_is_wrong(
    run: Run, loaded: Callable[[], dict[str, int]], record: object, message: str
) -> None:
    """`--strict` is all or nothing."""
    result = run("load", "--strict", write("in.json", GOOD, record))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{message}nothing was loaded (--strict): 1 record or file with faults, see above\n"
    assert loaded() == {"shown": 0, "hidden": 0, "withdrawn": 0}


def test_strict_loads_nothing_where_an_identifier_is_taken(run: Run, loaded: Callable[[], dict[str, int]]) -> None:
    """What only the store can know counts too: an OAI identifier that another record has."""
    taken = GOOD | {"identifier": "second", "oai_identifier": "oai:archive.example.org:good"}
    result = run("load", "--strict", write("in.json", GOOD, taken))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "second, oai_identifier: the OAI identifier oai:archive.example.org:good belongs to the record good already\n"
        "nothing was loaded (--strict): 1 record or file with faults, see above\n"
    )
    assert loaded() == {"shown": 0, "hidden": 0, "withdrawn": 0}


def test_strict_loads_all_where_nothing_is_wrong(run: Run, loaded: Callable[[], dict[str, int]]) -> None:
    """More records than one batch go in together."""
    records = [GOOD | {"identifier": f"r{number}"} for number in range(450)]
    result = run("load", "--strict", write("in.json", *records))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "450 records loaded: 450 added")
    assert loaded()["shown"] == 450


def test_dry_run_tells_what_would_happen_and_writes_nothing(run: Run, loaded: Callable[[], dict[str, int]]) -> None:
    """`--dry-run` counts the datestamps that would move, by format."""
    path = write("in.json", GOOD)
    result = run("load", "--dry-run", path)
    assert result.stdout == (f"1 record would be loaded: 1 added\ndatestamps that would move: {MOVED}\n")
    assert loaded() == {"shown": 0, "hidden": 0, "withdrawn": 0}
    run("load", path)
    write("in.json", GOOD | {"agents": [{"name": "A", "roles": ["trl"]}]})
    assert run("load", "--dry-run", path).stdout.splitlines()[0] == "1 record would be loaded: 1 changed"


def test_if_empty_loads_once_only(run: Run, loaded: Callable[[], dict[str, int]]) -> None:
    """A second start revives nothing, not even what was deleted since."""
    path = write("in.json", GOOD)
    run("load", "--if-empty", path)
    run("delete", "good")
    result = run("load", "--if-empty", path)
    assert (result.exit_code, result.stdout) == (
        0,
        "var/dragoman.sqlite holds records already; nothing was loaded\n",
    )
    assert loaded() == {"shown": 0, "hidden": 0, "withdrawn": 1}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.xls", "is a spreadsheet of a kind that we do not read; save it as .xlsx or CSV UTF-8"),
        (
            "a.mrc",
            "is MARC in its binary form; export the records as MARCXML, or convert them, with MarcEdit for example",
        ),
    ],
)
def test_records_in_a_form_that_is_not_read_are_named_in_a_folder_too(run: Run, name: str, message: str) -> None:
    """Nothing is passed over in silence; the records beside them load."""
    Path("in").mkdir()
    Path("in", name).write_bytes(b"\xd0\xcf")
    write("in/good.json", GOOD)
    result = run("load", "in")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, "1 record loaded: 1 added")
    assert result.stderr.splitlines()[0] == f"in/{name}: {message}"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("talk.MP3", "is sound or film, which we do not publish; load a record of it, with a link to where it is"),
        ("1.pdf", "is no record; name it in the pages of one, as 'file', and load that"),
        ("1.hocr", "is the recognised text of a page image; put it beside the image, and load the record"),
    ],
)
def test_what_lies_beside_records_is_no_input(run: Run, name: str, message: str) -> None:
    """In a folder it is left alone; named, it is told what it is for."""
    Path("in").mkdir()
    Path("in", name).write_bytes(b"x")
    write("in/good.json", GOOD)
    assert run("load", "in").exit_code == 0
    assert run("load", f"in/{name}").stderr.splitlines()[0] == f"in/{name}: {message}"


def test_inputs_that_cannot_be_read_are_named(run: Run) -> None:
    """A name that is wrong, kinds of files that we do not read, a folder without any that we do."""
    Path("empty").mkdir()
    Path("letter.docx").write_bytes(b"PK")
    Path("catalogue.MRC").write_bytes(b"00000nam")
    endings = ", ".join(READERS)
    result = run("load", "nowhere.json", "letter.docx", "catalogue.MRC", "empty")
    assert result.exit_code == 1
    assert result.stderr == (
        "nowhere.json: is not there; correct the name\n"
        f"letter.docx: is no kind of file that we read; we read {endings}\n"
        "catalogue.MRC: is MARC in its binary form; export the records as MARCXML, or convert them, with MarcEdit for "
        "example\n"
        f"empty: holds no file that can be read; we read {endings}\n"
        "not loaded: 4 records or files with faults, see above\n"
    )


def test_characters_that_no_font_draws_are_told(run: Run) -> None:
    """Nobody finds boxes instead of letters later."""
    result = run("load", write("in.json", GOOD | {"abstracts": [{"text": "Ask Ꭰ and \U00012000."}]}))
    assert result.exit_code == 0
    said = "no font here draws Ꭰ (U+13A0), \U00012000 (U+12000); typeset pages show their code points"
    assert result.stderr.startswith(said)
    result = run("load", write("in.json", GOOD | {"abstracts": [{"text": "ᎠᎡᎢᎣᎤᎥᎦᎧᎨᎩᎪᎫᎬᎭᎮᎯᎰᎱᎲᎳᎴᎵ"}]}))
    assert "Ꮃ (U+13B3) and 2 more; typeset pages" in result.stderr


def test_collections_are_read_beside_the_records(run: Run) -> None:
    """What collections.toml states holds for its records, and the report says so; a change of it reaches them."""
    folder = Path("in")
    folder.mkdir()
    write("in/records.json", GOOD | {"collections": ["letters"]})
    statement = '[[collection]]\nspec = "letters"\ntitle = "Letters"\n[collection.rights]\nstatement = "{}"\n'
    (folder / "collections.toml").write_text(statement.format("Ask us."))
    assert run("load", folder).stdout == (
        f"1 record loaded: 1 added\ndatestamps moved: {MOVED}\nrights stated by the collection letters: 1 record\n"
    )
    (folder / "collections.toml").write_text(statement.format("Ask them."))
    assert run("load", folder).stdout == (
        f"1 record loaded: 1 unchanged\ndatestamps moved: {MOVED}\n"
        "1 record changed with what their collection states\n"
        "rights stated by the collection letters: 1 record\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[[collection]\n",
            "is not TOML (Expected ']]' at the end of an array declaration (at line 1, column 13)); correct it",
        ),
        (
            '[letters]\ntitle = "Letters"\n',
            "states something else than collections; write one table for each collection: [[collection]], then "
            'spec = "letters" and title = "Letters"',
        ),
    ],
)
def test_bad_collections_are_named(run: Run, text: str, message: str) -> None:
    """A fault in collections.toml is told like any other; the records load."""
    write("in.json", GOOD)
    Path("collections.toml").write_text(text)
    result = run("load", "in.json")
    assert (result.exit_code, result.stderr) == (
        1,
        f"collections.toml: {message}\nnot loaded: 1 record or file with faults, see above\n",
    )


def test_a_collection_without_a_title_is_named(run: Run) -> None:
    """Fields of collections are checked like those of records."""
    write("in.json", GOOD)
    Path("collections.toml").write_text('[[collection]]\nspec = "letters"\n')
    assert run("load", "in.json").stderr.splitlines()[0] == (
        "collections.toml, collection 1, title: is missing; a collection needs it"
    )


def test_delete_leaves_a_tombstone(run: Run, loaded: Callable[[], dict[str, int]]) -> None:
    """Deleting names what was not there, and is content to delete twice."""
    run("load", write("in.json", GOOD))
    first = run("delete", "good", "other")
    assert (first.exit_code, first.stdout, first.stderr) == (
        1,
        "good: deleted\n",
        "other: there is no such record; identifiers are those of the input\n",
    )
    assert loaded() == {"shown": 0, "hidden": 0, "withdrawn": 1}
    assert run("delete", "good").stdout == "good: was deleted already\n"


def test_delete_of_what_was_never_shown_tells_nobody(run: Run, loaded: Callable[[], dict[str, int]]) -> None:
    """A hidden record leaves no tombstone, and stays hidden whatever is rendered."""
    run("load", write("in.json", GOOD | {"visibility": "hidden"}))
    result = run("delete", "good")
    assert (result.exit_code, result.stdout) == (0, "good: deleted; it was never shown, so that nobody is told\n")
    run("render")
    assert loaded() == {"shown": 0, "hidden": 1, "withdrawn": 0}


def test_another_base_url_needs_a_render(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents carry the base URL: serving, loading and deleting wait until they are rendered anew."""
    path = write("in.json", GOOD)
    run("load", path)
    monkeypatch.setenv("DRAGOMAN_BASE_URL", "https://records.example.org")
    for command in (("serve",), ("load", path), ("delete", "good")):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            "dragoman: DRAGOMAN_BASE_URL is https://records.example.org, but the documents of var/dragoman.sqlite were "
            "rendered for http://127.0.0.1:8000; run 'dragoman render', or set DRAGOMAN_BASE_URL back\n"
        )
    dry = run("render", "--dry-run")
    assert dry.stdout == f"1 record would be rendered; datestamps that would move: {MOVED}\n"
    assert run("status").stderr.splitlines()[:2] == [
        "NOTE: the documents carry the base URL http://127.0.0.1:8000; run 'dragoman render'",
        "NOTE: mappings or settings have changed since the records were rendered; run 'dragoman render'",
    ]
    assert run("render").stdout == f"1 record rendered; datestamps moved: {MOVED}\n"
    assert run("render").stdout == "1 record rendered; datestamps moved: none\n"
    assert run("status").stderr.startswith("WARNING")


REFUSED = (
    "good: harvesters know it as oai:archive.example.org:good, so its OAI identifier cannot become "
    "oai:records.example.org:good; delete it and load it under another identifier, or load all records into a new "
    "database\n"
)


def test_identifiers_that_harvesters_have_stay(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another namespace would make new records of all, and leave the old ones with harvesters for ever."""
    path = write("in.json", GOOD)
    run("load", path)
    monkeypatch.setenv("DRAGOMAN_REPOSITORY_IDENTIFIER", "records.example.org")
    rendered, loaded = run("render"), run("load", path)
    assert (rendered.exit_code, rendered.stdout) == (1, "0 records rendered; datestamps moved: none\n")
    assert rendered.stderr == REFUSED
    assert loaded.exit_code == 1
    assert loaded.stderr.splitlines()[0] == REFUSED.replace("good: ", "good, oai_identifier: ").strip()


def test_status_says_what_is_there(run: Run) -> None:
    """Counts, sets, and that the names are examples."""
    run("load", write("in.json", GOOD | {"collections": ["letters:1965"]}))
    result = run("status")
    assert result.stdout == (
        "store      var/dragoman.sqlite\nbase URL   http://127.0.0.1:8000\n"
        "records    1 shown, 0 hidden, 0 withdrawn\nset        letters\nset        letters:1965\n"
    )
    assert result.stderr == (
        "WARNING: this repository runs under names that are reserved for examples (archive.example.org, "
        "admin@example.org).\n         Before harvesters come, set DRAGOMAN_REPOSITORY_IDENTIFIER and "
        "DRAGOMAN_ADMIN_EMAIL: identifiers carry the first for ever.\n"
    )


def test_schema_is_a_json_schema(run: Run) -> None:
    """`dragoman schema` prints what a record may hold."""
    schema = json.loads(run("schema").stdout)
    assert schema["title"] == "Record"
    assert schema["required"] == ["identifier"]


def test_wrong_settings_stop_every_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is wrong is named, with what to write."""
    monkeypatch.setenv("DRAGOMAN_PAGE_SIZE", "many")
    result = run("status")
    assert (result.exit_code, result.stderr) == (
        2,
        "dragoman: DRAGOMAN_PAGE_SIZE: 'many': input should be a valid integer, unable to parse string as an integer\n",
    )


def test_a_port_in_use_is_named(run: Run) -> None:
    """`serve` says which address is taken before anything starts."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", port)
    assert (result.exit_code, result.stderr) == (
        2,
        f"dragoman: cannot listen at 127.0.0.1:{port} (Address already in use); choose another --host or --port\n",
    )


def test_a_file_that_is_no_store_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program's database is left alone."""
    Path("other.sqlite").write_bytes(b"not a database at all, but long enough to be one" * 50)
    monkeypatch.setenv("DRAGOMAN_DATABASE_URL", "sqlite:///other.sqlite")
    result = run("load", write("in.json", GOOD))
    assert result.exit_code == 2
    assert result.stderr.startswith("dragoman: the database other.sqlite is not a Dragoman store; correct DRAGOMAN_")


def test_a_locked_database_stops_a_load(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load that cannot write says who is in the way, and leaves what was there."""
    monkeypatch.setattr("records.database.BUSY_SECONDS", 0.1)
    path = write("in.json", GOOD)
    run("load", path)
    write("in.json", GOOD | {"identifier": "second"})
    with sqlite3.connect("var/dragoman.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        result = run("load", path)
        other.execute("ROLLBACK")
    other.close()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "dragoman: the database var/dragoman.sqlite is locked by another process; wait until it is done, or stop it, "
        "and try again (database is locked)\n"
    )


def test_release_publishes_what_is_due(run: Run) -> None:
    """It says how many; where nothing is due, it does nothing."""
    run("load", write("in.json", GOOD | {"embargoed_until": "9999-12-31"}))
    assert run("release").stdout == "0 records released\n"
    with sqlite3.connect("var/dragoman.sqlite") as connection:
        connection.execute("UPDATE records SET release = 0, stated = replace(stated, '9999-12-31', '2020-01-01')")
    connection.close()
    released = run("release")
    assert (released.exit_code, released.stdout) == (0, "1 record released\n")


def test_migrate_says_what_it_did(run: Run) -> None:
    """On a new database it makes the tables; where they are those of this program it leaves them alone."""
    assert run("migrate").stdout == f"var/dragoman.sqlite: schema {SCHEMA} made\n"
    again = run("migrate")
    assert (again.exit_code, again.stdout) == (0, f"var/dragoman.sqlite: schema {SCHEMA} there already\n")


def test_commands_refuse_a_store_of_another_schema(run: Run) -> None:
    """They say which program made it and what to run, and change nothing."""
    run("migrate")
    with sqlite3.connect("var/dragoman.sqlite") as connection:
        connection.execute("UPDATE schema_version SET version_num = '0001'")
    connection.close()
    for command in (["load", write("in.json", GOOD)], ["serve"], ["status"]):
        refused = run(*command)
        assert refused.exit_code == 2
        assert refused.stderr == (
            f"dragoman: the database var/dragoman.sqlite was made by an earlier Dragoman (schema 0001, this program "
            f"needs {SCHEMA}); stop the servers, make a copy of it, and run 'dragoman migrate'\n"
        )


def test_the_sets_of_funders_are_reserved(run: Run) -> None:
    """Neither a record nor a collection may take the name for its own."""
    Path("collections.toml").write_text('[[collection]]\nspec = "funder:x"\ntitle = "X"\n')
    refused = run("load", write("in.json", GOOD | {"collections": ["funder:a"]}))
    assert refused.exit_code == 1
    reserved = "'funder' is reserved for the sets of funders; name the collection otherwise"
    assert f"collections.toml, collection 1, spec: 'funder:x': {reserved}\n" in refused.stderr
    assert f"good, collections.0: 'funder:a': {reserved}\n" in refused.stderr
