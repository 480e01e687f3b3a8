"""What the command says of records: in text, JSON, JUnit's XML and as a web page; of all of them, and of one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree, html

from server.check import junit, page
from server.check.records.checks import CODES
from server.cli import main
from tests.server.check.records.conftest import RECOMMENDED, Repository
from tests.server.check.records.faults import FAULTS

Run = Callable[..., Result]
SHAPE = Path(__file__).parents[1] / "junit.rng"


@pytest.fixture
def run(repository: Repository, monkeypatch: pytest.MonkeyPatch, schemas: Path) -> Run:
    """Give a function that runs the command over the store with one letter."""
    monkeypatch.setenv("DRAGOMAN_DATABASE_URL", repository.library.config.database_url)
    monkeypatch.setenv("DRAGOMAN_INSTITUTION_NAME", "Example Archive")
    monkeypatch.setenv("DRAGOMAN_SCHEMAS", str(schemas))
    monkeypatch.setenv("COLUMNS", "120")
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


def spoil(repository: Repository, monkeypatch: pytest.MonkeyPatch, *codes: str) -> None:
    """Break rules."""
    for code in codes:
        FAULTS[code].make(repository, monkeypatch)


def test_sound_records_end_with_0(run: Run, repository: Repository) -> None:
    """The report says what IIIF recommends besides, how complete they are, and who can take them."""
    result = run()
    name = repository.file
    assert (result.exit_code, result.stderr) == (0, f"Checking 1 record of {name}.\n")
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == (
        f"the records of {name}: 2 rules broken in 9 places, {len(CODES) - 2} not broken, 0 not checked "
        "(1 record looked at)"
    )
    told = lines[lines.index("What aggregators find of what they ask for:") :]
    table = [[cell.strip() for cell in line.split("│")[1:-1]] for line in told if line.startswith("│")]
    assert table[:6] == [
        ["DPLA", "100 %", "1", ""],
        ["DPLA, as Tennessee reads MODS", "100 %", "1", ""],
        ["DPLA, as Massachusetts reads MODS", "0 %", "0", "data provider (1)"],
        ["DPLA, as Plains to Peaks reads MODS", "0 %", "0", "address (1), rights URI (1)"],
        ["Europeana", "100 %", "1", ""],
        ["DLF guidelines", "100 %", "1", ""],
    ]
    assert table[6] == ["title", "1", "100 %", "█" * 20]
    assert table[-4] == ["page images", "0", "0 %", ""]


def test_findings_end_with_1_and_advice_only_if_asked(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What must hold counts; what IIIF and aggregators would like counts for whom it does."""
    spoil(repository, monkeypatch, "record-shelfmark")
    assert [run("--fail-on", level).exit_code for level in ("must", "should", "advice")] == [0, 1, 1]
    repository.drop("manifest")
    assert [run("--fail-on", level).exit_code for level in ("must", "should", "advice")] == [0, 0, 1]
    spoil(repository, monkeypatch, "record-statement")
    result = run()
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    place = lines.index("record-statement")
    assert lines[place:][:4] == [
        "record-statement",
        "  letter-1 in oai_dcterms",
        "    expected 'Ask us & wait.\\nThen quote.'",
        "    found    the same words with other white space: 'Ask us &  wait.\\nThen quote.'",
    ]


def test_json_says_who_falls_short(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their identifiers."""
    spoil(repository, monkeypatch, "dlf-type")
    report = json.loads(run("--format", "json").stdout)
    dlf = report["readiness"][-1]
    assert (dlf["name"], dlf["ready"], dlf["percent"], dlf["short"]) == ("DLF guidelines", 0, 0, ["letter-1"])
    assert (dlf["asked"]["type"], dlf["asked"]["title"], dlf["wanted"]["genre"]) == (0, 1, 1)
    assert report["completeness"][0] == {"name": "title", "records": 1}


def test_one_record_is_told_field_by_field(run: Run) -> None:
    """As each of the known readings has it."""
    report = json.loads(run("--record", "letter-1", "--format", "json").stdout)
    arrivals = {each["name"]: each for each in report["arrivals"]}
    tennessee, massachusetts, peaks, europeana, dlf = arrivals.values()
    assert {name: each["lacks"] for name, each in arrivals.items()} == {
        "DPLA, as Tennessee reads MODS": [],
        "DPLA, as Massachusetts reads MODS": ["data provider"],
        "DPLA, as Plains to Peaks reads MODS": ["rights URI", "address"],
        "Europeana": [],
        "DLF guidelines": [],
    }
    assert (tennessee["fields"]["language"], tennessee["fields"]["data provider"]) == (["eng"], ["Example Archive"])
    assert (massachusetts["fields"]["date"], massachusetts["fields"]["creator"]) == (["1965-03-02"], ["Kraus, Charles"])
    assert peaks["fields"]["rights URI"] == ["Ask us & wait. Then quote.", "In Copyright"]
    assert (europeana["fields"]["type"], europeana["fields"]["provider"]) == (["TEXT"], ["Example Archive"])
    assert dlf["fields"]["media type"] == ["text/html"]


def test_a_record_without_edm_says_so(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what it lacks for it."""
    spoil(repository, monkeypatch, "europeana-type")
    lines = run("--record", "letter-1").stdout.splitlines()
    assert "Europeana, which gets no edm of it (what stands for it elsewhere): lacks type" in lines
    assert "  data provider           Example Archive" in lines
    assert "  type                    letters" in lines


def test_a_record_that_is_not_shown_ends_with_2(run: Run) -> None:
    """With a sentence."""
    result = run("--record", "letter-2")
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        "dragoman: the store shows no record letter-2; identifiers are those of the input\n",
    )


def test_a_record_and_a_url_do_not_go_together(run: Run) -> None:
    """Nothing is looked at."""
    result = run("https://archive.example.org/oai", "--record", "letter-1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--record looks at a record of the store; leave the URL away" in result.stderr


def test_a_store_that_cannot_be_opened_ends_with_2(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As with every command."""
    (tmp_path / "file").write_text("no database")
    monkeypatch.setenv("DRAGOMAN_DATABASE_URL", f"sqlite:///{tmp_path}/file")
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a Dragoman store" in result.stderr


def test_junit_has_a_case_for_each_rule(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts fails with its places, what does not is told, what was not checked is skipped with the reason."""
    spoil(repository, monkeypatch, "record-statement", "record-shelfmark", "europeana-document")
    result = run("--format", "junit")
    assert result.exit_code == 1
    root = etree.fromstring(result.stdout.encode())
    shape = etree.RelaxNG(etree.parse(SHAPE))
    assert shape.validate(root), shape.error_log
    (suite,) = root
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == [str(len(CODES)), "1", "0", "1"]
    cases = {str(case.get("name")): case for case in suite}
    assert set(cases) == set(CODES)
    failure = cases["record-statement"].find("failure")
    assert failure is not None
    assert (failure.get("type"), (failure.text or "").splitlines()[-1]) == (
        "must",
        "letter-1 in oai_dcterms: expected 'Ask us & wait.\\nThen quote.', found the same words with other white "
        "space: 'Ask us &  wait.\\nThen quote.'",
    )
    assert "letter-1 in its statement: expected source.shelfmark" in cases["record-shelfmark"].findtext(
        "system-out", ""
    )
    skipped = cases["record-valid-edm"].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "no record has a document in edm"


def test_the_page_needs_nothing_else_and_says_everything(run: Run, repository: Repository) -> None:
    """What is a stranger's is text there, never markup."""
    repository.change("mods", "<topic>News<", "<topic>News; &lt;script&gt;alert(1)&lt;/script&gt;<")
    result = run("--format", "html")
    root = html.document_fromstring(result.stdout)
    assert root.xpath("//script | //img | //link | //@src") == []
    assert "News; <script>alert(1)</script>" in root.xpath("//td[@data-name='Found']/text()")
    broken = root.xpath("//details[@class='finding']//summary//code/text()")
    assert broken == ["iiif-recommended-link", "dlf-one-value", "iiif-recommended"]
    assert root.xpath("//h3/text()")[-1] == "DLF guidelines: 0 %"
    assert root.xpath("//ul[@class='short']/li/text()") == ["letter-1"]
    headings = root.xpath("//h2/text()")
    assert headings == [
        "What is broken, the most frequent first",
        "What aggregators can take",
        "What the records state",
        "What is in order",
    ]
    assert all(root.xpath(f"//*[@id='{name}']") for name in root.xpath("//@aria-labelledby"))


def test_the_page_of_one_record_says_what_arrives(run: Run) -> None:
    """Field by field, for each of those who read it."""
    root = html.document_fromstring(run("--record", "letter-1", "--format", "html").stdout)
    assert root.xpath("//h1/text()") == ["Check of the record letter-1"]
    assert root.xpath("//section[@aria-labelledby='arrival-1']//dt/text()")[:2] == ["title", "creator"]


def test_many_places_are_told_in_part(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many more there are is said; JSON has them."""
    monkeypatch.setattr(page, "MOST", 2)
    monkeypatch.setattr(junit, "MOST", 2)
    repository.change("mods", ">(1965-03-02|1966|1965/1967)<", ">some day<")
    findings = json.loads(run("--format", "json").stdout)["findings"]
    codes = [finding["code"] for finding in findings if finding["code"] not in RECOMMENDED]
    assert codes == ["record-date-form"] * 3
    assert "And 1 place more" in run("--format", "html").stdout
    assert "and 1 place more" in run("--format", "junit").stdout
