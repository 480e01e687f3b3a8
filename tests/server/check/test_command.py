"""The command `dragoman check`: the status it ends with, for what cannot be checked first, and what it prints."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIServer
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from click.testing import CliRunner, Result
from lxml import etree, html

from server.check import telling
from server.check.iiif.tables import DOCUMENT
from server.check.iiif.visit import RULES
from server.check.rules.oai_pmh import OAI_PMH_RULES
from server.check.schemas import cache_folder
from server.cli import main
from tests.server.check.conftest import Provider, Quiet, listening
from tests.server.check.faults import FAULTS
from tests.server.check.faulty import Exchange, Fault
from tests.server.check.iiif.faults import FAULTS as DOCUMENT_FAULTS
from tests.server.check.iiif.site import MANIFEST, Site

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Give a function that runs the command without a pause, where no publisher of schemas can be reached."""
    monkeypatch.delenv("DRAGOMAN_SCHEMAS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("COLUMNS", "120")
    return lambda *arguments: CliRunner().invoke(main, ["check", "--pause", "0", "--allow-private", *arguments])


IMPOSSIBLE = [
    (
        ("archive.example.org/oai",),
        "archive.example.org/oai is no address on the web, and no file or folder; give one that begins with http:// or https://",
    ),
    (
        ("file:///etc/passwd",),
        "file:///etc/passwd is no address on the web, and no file or folder; give one that begins with http:// or https://",
    ),
    (
        ("http://archive.example.org/manifest.json#canvas-1",),
        "http://archive.example.org/manifest.json#canvas-1 names a part of something; leave away what begins with #",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), IMPOSSIBLE)
def test_what_is_no_base_url_ends_with_2(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    """Nothing is sent."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"dragoman: {sentence}\n")


def test_an_endpoint_that_nobody_reaches_ends_with_2(run: Run) -> None:
    """One clear sentence."""
    result = run("http://127.0.0.1:1/oai")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith("dragoman: http://127.0.0.1:1/oai cannot be reached: ")


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[bytes]]]:
    """Give the address of a server that is no OAI-PMH endpoint, and the list of the one body that it sends."""
    body = [b""]

    def application(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return body

    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        server.set_app(application)
        with listening(server):
            yield f"http://127.0.0.1:{server.server_port}/", body


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<!DOCTYPE html><title>Welcome<p>", "no XML (text/html)"),
        (b"<html/>", "html"),
        (
            b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/1.1/OAI_Identify"/>',
            "{http://www.openarchives.org/OAI/1.1/OAI_Identify}OAI-PMH",
        ),
        (b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', "a"),
    ],
)
def test_what_is_no_oai_pmh_ends_with_2(run: Run, elsewhere: tuple[str, list[bytes]], body: bytes, what: str) -> None:
    """The sentence says what was there instead."""
    url, bodies = elsewhere
    bodies[0] = body
    result = run(url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        "dragoman: there is neither OAI-PMH 2.0 nor a IIIF document at this address: Identify was answered with HTTP "
        f"status 200 and {what}; give the base URL of the endpoint, or the address of the document"
    )


def test_schemas_without_a_catalog_end_with_2(run: Run, provider: Provider, tmp_path: object) -> None:
    """Rather than that they are passed over."""
    result = run(provider.url, "--schemas", str(tmp_path))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(
        f"dragoman: the schemas' catalog.xml in {tmp_path} cannot be read: "
    )


def test_a_sound_endpoint_ends_with_0(run: Run, provider: Provider) -> None:
    """It says before what it will do, and after what it could not look at."""
    provider.faulty.take(Fault())
    result = run(provider.url)
    assert result.exit_code == 0
    assert result.stderr == (
        f"Checking {provider.url}: one request at a time, 0 seconds apart, 300 at most. It only reads; some requests "
        "are wrong on purpose where OAI-PMH answers.\n"
        f"Official schemas that are needed are fetched from their publishers, once, into {cache_folder()}.\n"
    )
    summary, *rest = result.stdout.splitlines()
    assert summary == (
        f"{provider.url}: 0 rules broken in 0 places, {len(OAI_PMH_RULES) - 5} not broken, 5 not checked (66 requests, "
        "9 records looked at)"
    )
    schema = "  http://www.openarchives.org/OAI/2.0/{}.xsd cannot be reached: [Errno 111] Connection refused; "
    schema += "DRAGOMAN_SCHEMAS may name a folder that has the schemas:"
    assert rest == [
        "",
        "Not checked:",
        schema.format("OAI-PMH"),
        "    oai-schema-answer",
        schema.format("oai-identifier"),
        "    oai-schema-description",
        schema.format("oai_dc"),
        "    oai-schema-metadata",
        "  the granularity of the repository is the finest that there is:",
        "    oai-date-too-fine",
        "  no request was told to come back later:",
        "    oai-retry-after",
    ]


def test_findings_are_told_in_a_table_and_by_place(run: Run, provider: Provider) -> None:
    """What should hold, what to do, and where it does not hold."""
    provider.faulty.take(FAULTS["oai-identify-version"])
    result = run(provider.url)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    table = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line.startswith("│")]
    assert table == [
        ["1", "must", "oai-identify-version", "The protocolVersion is 2.0."],
        ["", "", "", "Write 2.0, whatever the version of the software is."],
    ]
    place = lines.index("oai-identify-version")
    assert lines[place:][:4] == [
        "oai-identify-version",
        "  ?verb=Identify",
        "    expected protocolVersion 2.0",
        "    found    3.1",
    ]


def test_the_most_frequent_comes_first_and_some_places_are_shown(run: Run, provider: Provider) -> None:
    """How many more there are is said."""

    def both(exchange: Exchange) -> None:
        FAULTS["oai-content-type"].answer(exchange)
        FAULTS["oai-identify-version"].answer(exchange)

    provider.faulty.take(Fault(answer=both))
    lines = run(provider.url).stdout.splitlines()
    assert lines.index("oai-content-type") < lines.index("oai-identify-version")
    assert any(line.startswith("  and ") and line.endswith(" places more (--format json has them)") for line in lines)


def test_json_has_everything(run: Run, provider: Provider) -> None:
    """For programs: nothing else stands in the output."""
    provider.faulty.take(FAULTS["oai-identify-version"])
    result = run(provider.url, "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["findings"] == [
        {
            "level": "must",
            "code": "oai-identify-version",
            "where": "?verb=Identify",
            "expected": "protocolVersion 2.0",
            "found": "3.1",
        }
    ]
    assert (found["target"], found["requests"], found["records"]) == (provider.url, 66, 9)
    assert {
        "code": "oai-date-too-fine",
        "reason": "the granularity of the repository is the finest that there is",
    } in found["unchecked"]


@pytest.mark.parametrize(
    ("code", "statuses"),
    [
        ("oai-identify-version", {"must": 1, "should": 1, "advice": 1}),
        ("oai-sets-ancestors", {"must": 0, "should": 1, "advice": 1}),
        ("oai-token-size", {"must": 0, "should": 0, "advice": 1}),
    ],
)
def test_the_status_depends_on_what_counts(run: Run, provider: Provider, code: str, statuses: dict[str, int]) -> None:
    """A finding below --fail-on is told, but does not fail."""
    for level, status in statuses.items():
        provider.faulty.take(FAULTS[code])
        result = run(provider.url, "--fail-on", level)
        assert (result.exit_code, code in result.stdout) == (status, True)


def test_a_format_and_a_set_can_be_chosen(run: Run, provider: Provider) -> None:
    """Lists are then of these."""
    provider.faulty.take(Fault())
    chosen = run(provider.url, "--prefix", "mods", "--set", "letters", "--all", "--format", "json")
    assert (chosen.exit_code, json.loads(chosen.stdout)["records"]) == (0, 9)


def test_a_format_that_is_not_there_ends_with_2(run: Run, provider: Provider) -> None:
    """With those that are."""
    provider.faulty.take(Fault())
    result = run(provider.url, "--prefix", "marc")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        "dragoman: the endpoint has no format marc; choose one of oai_dc, mods, oai_dcterms, edm, marc21, oai_datacite"
    )


def test_a_set_that_is_not_there_leaves_lists_unchecked(run: Run, provider: Provider) -> None:
    """And the report says why."""
    provider.faulty.take(Fault())
    result = run(provider.url, "--set", "nothing", "--format", "json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["findings"], report["records"]) == (0, [], 0)
    reasons = {each["code"]: each["reason"] for each in report["unchecked"]}
    assert reasons["oai-header-datestamp"] == "no list gave a record"
    assert reasons["oai-list-loss"] == (
        "?verb=ListIdentifiers&metadataPrefix=oai_dc&set=nothing was answered by the error noRecordsMatch"
    )


def test_a_rule_is_explained(run: Run) -> None:
    """Without any request."""
    result = run("--explain", "oai-token-closing")
    assert (result.exit_code, result.stdout) == (
        0,
        "oai-token-closing (must; OAI-PMH 2.0, 3.5)\n"
        "The last page of a list in parts has an empty resumptionToken.\n"
        "What to do: Add an empty resumptionToken element to the last page.\n"
        "https://www.openarchives.org/OAI/openarchivesprotocol.html#FlowControl\n",
    )


def test_a_rule_that_does_not_exist_is_a_mistake(run: Run) -> None:
    """With the one that was meant."""
    result = run("--explain", "oai-token-close")
    assert result.exit_code == 2
    assert "there is no rule oai-token-close; did you mean oai-token-closing?" in result.stderr


def test_what_a_stranger_sends_does_not_reach_the_terminal_as_it_is() -> None:
    """Neither what a terminal would obey, nor megabytes."""
    assert telling.plain("a\x1b[2Jb\n") == "a\\x1b[2Jb\\n"
    assert len(telling.plain("x" * 10_000)) == telling.LONGEST + 3


def test_a_file_is_checked_without_asking_anybody(run: Run, tmp_path: Path) -> None:
    """Its rules are those of documents; the report says what was not looked at."""
    file = tmp_path / "manifest.json"
    file.write_bytes(DOCUMENT_FAULTS["iiif-rights"].body)
    result = run(str(file))
    assert (result.exit_code, result.stderr) == (
        1,
        f"Checking {file}: nothing is fetched; --links follows its links.\n",
    )
    summary, *lines = result.stdout.splitlines()
    others = RULES[len(DOCUMENT) :]
    assert summary == (
        f"{file}: 1 rule broken in 1 place, {len(DOCUMENT) - 2} not broken, {len(others) + 1} not checked ("
        "1 document looked at)"
    )
    assert lines[lines.index("iiif-rights") :] == [
        "iiif-rights",
        "  Manifest.rights",
        "    expected a URI such as http://rightsstatements.org/vocab/InC/1.0/",
        "    found    https://rightsstatements.org/page/InC-EDU/1.0/",
        "",
        "Not checked:",
        "  the document is in a file:",
        "    iiif-id-address",
        "  links are not followed; --links follows them:",
        f"    {', '.join(others)}",
    ]


def test_links_of_a_file_are_followed_where_that_is_asked_for(run: Run, site: Site, tmp_path: Path) -> None:
    """As those of an address."""
    file = tmp_path / "manifest.json"
    file.write_bytes(site.pages[MANIFEST].body)
    site.pages.pop("/letter.txt")
    result = run(str(file), "--links", "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, [each["code"] for each in found["findings"]]) == (1, ["iiif-link-answer"])


def test_a_manifest_is_known_by_what_answers(run: Run, site: Site) -> None:
    """The same command checks it; without a finding the status is 0."""
    result = run(f"{site.host}{MANIFEST}")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{site.host}{MANIFEST}: 0 rules broken in 0 places, ")


def test_a_manifest_of_another_version_ends_with_2(run: Run, tmp_path: Path) -> None:
    """It is said which."""
    file = tmp_path / "manifest.json"
    file.write_text('{"@context": "http://iiif.io/api/presentation/2/context.json", "@type": "sc:Manifest"}')
    result = run(str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == (
        f"dragoman: {file} is a Manifest of Presentation 2.0 or 2.1; what is checked is Presentation 3.0. Give the "
        "address of the same in that version, if there is one"
    )


def test_the_local_network_is_not_asked_unless_that_is_allowed(site: Site) -> None:
    """One sentence says how."""
    result = CliRunner().invoke(main, ["check", f"{site.host}{MANIFEST}"])
    assert (result.exit_code, result.stdout, site.asked) == (2, "", [])
    assert result.stderr.splitlines()[-1] == (
        "dragoman: 127.0.0.1 is at 127.0.0.1, which is no public address; --allow-private asks there too"
    )


def test_an_endpoint_is_told_in_each_format(run: Run, provider: Provider) -> None:
    """JUnit's XML and the web page have it too."""
    provider.faulty.take(FAULTS["oai-identify-version"])
    junit = etree.fromstring(run(provider.url, "--format", "junit").stdout.encode())
    assert junit.xpath("//testcase[failure]/@name") == ["oai-identify-version"]
    assert "oai-retry-after" in junit.xpath("//testcase[skipped]/@name")
    page = html.document_fromstring(run(provider.url, "--format", "html").stdout)
    assert page.xpath("//h1/text()") == [f"Check of {provider.url}"]
    assert page.xpath("//details[@class='finding']//td/text()") == ["?verb=Identify", "protocolVersion 2.0", "3.1"]
