"""Saved responses: what they show by themselves is found as at the endpoint; what they cannot show is not checked."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from mappings.namespaces import OAI
from server.check.client import Client, Fetched
from server.check.findings import CannotCheckError, Finding, Report
from server.check.oai_pmh import CODES, NOT_IN_SAVED, VALID, check, check_saved, most_requests
from server.check.oai_pmh.saved import ONLY_SAVED, Saved
from server.check.oai_pmh.survey import Survey
from server.check.schemas import Schemas
from server.cli import main
from tests.server.check.conftest import NO_SCHEMAS, Provider
from tests.server.check.faults import FAULTS
from tests.server.check.faulty import Fault

SELF_EVIDENT = [code for code in CODES if code not in NOT_IN_SAVED]


class _Keeping(Client):
    """Keeps what comes."""

    bodies: list[bytes]

    def fetch(self, url: str, **wishes: Any) -> Fetched:  # noqa: ANN401 - what the method that it extends takes
        fetched = super().fetch(url, **wishes)
        self.bodies.append(fetched.body)
        return fetched


def _bodies(provider: Provider, fault: Fault) -> list[bytes]:
    """Return all that an endpoint with a fault sends in a check."""
    provider.faulty.take(fault)
    client = _Keeping(most_requests(100), pause=0, allow_private=True)
    client.bodies = []
    check(Survey(client, provider.url), NO_SCHEMAS)
    return client.bodies


def _checked(folder: Path, bodies: list[bytes], schemas: Schemas | None = None) -> Report:
    """Return what is found in a folder that has these, the last first, each in a file."""
    for number, body in enumerate(reversed(bodies)):
        (folder / f"{number:03}.xml").write_bytes(body)
    return check_saved(Saved(folder), schemas or NO_SCHEMAS)


def test_saved_answers_of_the_sound_server_raise_nothing(
    provider: Provider, official_schemas: Schemas | None, tmp_path: Path
) -> None:
    """And all is looked at that needs no other answers."""
    report = _checked(tmp_path, _bodies(provider, Fault()), official_schemas)
    assert (report.findings, report.requests, report.records) == ([], 0, 9)
    only_saved = {each.code for each in report.unchecked if each.reason == ONLY_SAVED}
    assert only_saved == NOT_IN_SAVED
    assert {each.code for each in report.unchecked} - only_saved == (set() if official_schemas else set(VALID))


@pytest.mark.parametrize("code", SELF_EVIDENT)
def test_a_fault_that_answers_show_is_found_in_saved_ones(
    provider: Provider, official_schemas: Schemas | None, need: Callable[[str], NoReturn], code: str, tmp_path: Path
) -> None:
    """Exactly that, whatever the order of the files."""
    if code in VALID and official_schemas is None:
        need("DRAGOMAN_SCHEMAS is not set: it names the folder of the official schemas")
    report = _checked(tmp_path, _bodies(provider, FAULTS[code]), official_schemas)
    assert {finding.code for finding in report.findings} == {code}, report.findings


def test_answers_one_after_another_in_a_file_are_told_apart(provider: Provider, tmp_path: Path) -> None:
    """By their number; a blank between them and a cut at the end are none."""
    bodies = _bodies(provider, FAULTS["oai-token-cursor"])
    first = next(body for body in bodies if b'cursor="0"' in body)
    second = next(body for body in bodies if b'cursor="4"' in body)
    file = tmp_path / "list.xml"
    file.write_bytes(second + b"\n\n" + first + first[:200])
    report = check_saved(Saved(file), NO_SCHEMAS)
    assert [(each.code, each.where.partition(" (")[0]) for each in report.findings] == [
        ("oai-well-formed", "list.xml, response 3"),
        ("oai-token-cursor", "list.xml, response 1"),
    ]
    assert "&resumptionToken=" in report.findings[1].where


def test_a_list_of_which_pages_are_missing_is_not_taken_for_complete(provider: Provider, tmp_path: Path) -> None:
    """What its pages show is told all the same."""
    bodies = [body for body in _bodies(provider, Fault()) if b'cursor="3"' not in body]
    report = _checked(tmp_path, bodies)
    reasons = {each.code: each.reason for each in report.unchecked}
    assert report.findings == []
    assert reasons["oai-list-loss"] == "not all pages of the list were saved"


def test_lists_are_followed_in_every_format(provider: Provider, tmp_path: Path) -> None:
    """Also in one that was not chosen."""
    bodies = [body.replace(b'"oai_dc"', b'"dc"') for body in _bodies(provider, FAULTS["oai-token-cursor"])]
    assert {finding.code for finding in _checked(tmp_path, bodies).findings} == {"oai-token-cursor"}


def test_every_list_is_held_to_what_was_asked(provider: Provider, tmp_path: Path) -> None:
    """Dates and sets of each, not only of those that a check would ask for."""
    bodies = [body for body in _bodies(provider, Fault()) if b'"ListIdentifiers" metadataPrefix="oai_dc">' in body]
    asked = rb'metadataPrefix="oai_dc" until="2001-01-01" set="other">'
    told = [body.replace(b'metadataPrefix="oai_dc">', asked) for body in bodies]
    findings = _checked(tmp_path, told[:1]).findings
    assert {(each.code, each.expected) for each in findings} == {
        ("oai-selective-span", "a datestamp until 2001-01-01"),
        ("oai-selective-set", "other, or a set below it"),
    }
    assert len(findings) == 6


def _bare(body: bytes) -> bytes:
    """Return an answer as some tools keep it: without its request element."""
    return re.sub(rb"<request[^>]*>[^<]*</request>", b"", body)


def test_answers_that_do_not_say_what_was_asked_are_judged_by_themselves(
    provider: Provider, official_schemas: Schemas | None, need: Callable[[str], NoReturn], tmp_path: Path
) -> None:
    """Without Identify and formats: a datestamp has a legal form, metadata are valid by the schema that they name."""
    if official_schemas is None:
        need("DRAGOMAN_SCHEMAS is not set: it names the folder of the official schemas")
    pages = [_bare(body) for body in _bodies(provider, Fault()) if b"<ListRecords>" in body]
    faulty = pages[0].replace(b"dc:title", b"dc:headline").replace(b"<datestamp>2", b"<datestamp>soon 2", 1)
    report = _checked(tmp_path, [faulty, *pages[1:]], official_schemas)
    codes = {"oai-header-datestamp", "oai-schema-metadata", "oai-schema-answer"}
    assert {finding.code for finding in report.findings} == codes
    assert "oai-token-cursor" in {each.code for each in report.unchecked}


def test_what_is_said_about_a_deleted_record_is_a_fault(provider: Provider, tmp_path: Path) -> None:
    """As an aggregator saved it, which adds the provenance to each record that it passes on (OAI-PMH 2.0, 2.5.1)."""
    about = rb"\1<about><provenance/></about>"
    bodies = [body for body in _bodies(provider, Fault()) if b"<ListRecords>" in body and b'"deleted"' in body]
    told = [_bare(re.sub(rb'(status="deleted".*?</header>)', about, body, flags=re.DOTALL)) for body in bodies]
    where, expected = "000.xml, record oai:archive.example.org:letter-8", "a header alone, as the record is deleted"
    assert _checked(tmp_path, told[:1]).findings == [
        Finding("oai-deleted-metadata", where, expected, "about beside it"),
        Finding(
            "oai-schema-description",
            "000.xml",
            f"an xsi:schemaLocation for {OAI}",
            "none",
        ),
    ]


def test_the_command_checks_a_folder_and_a_file(provider: Provider, tmp_path: Path) -> None:
    """It says that nothing is asked; schemas are looked for all the same."""
    folder = tmp_path / "saved"
    folder.mkdir()
    _checked(folder, _bodies(provider, FAULTS["oai-identify-version"]))
    for place in (folder, next(file for file in folder.iterdir() if b"<Identify>" in file.read_bytes())):
        arguments = ["check", str(place), "--format", "json", "--schemas", str(tmp_path)]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2
        assert result.stderr.splitlines()[0] == (
            f"Checking the responses that were saved in {place}; the endpoint is not asked."
        )
        (tmp_path / "catalog.xml").write_text("<catalog/>")
        result = CliRunner().invoke(main, arguments)
        (tmp_path / "catalog.xml").unlink()
        assert result.exit_code == 1
        assert {each["code"] for each in json.loads(result.stdout)["findings"]} == {"oai-identify-version"}


def test_offline_asks_nobody(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For schemas neither; their rules are reported as not checked."""
    monkeypatch.delenv("DRAGOMAN_SCHEMAS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "saved"
    folder.mkdir()
    _checked(folder, _bodies(provider, Fault()))
    result = CliRunner().invoke(main, ["check", "--offline", str(folder), "--format", "json"])
    assert (result.exit_code, result.stderr) == (
        0,
        f"Checking the responses that were saved in {folder}; the endpoint is not asked.\n",
    )
    reasons = {each["code"]: each["reason"] for each in json.loads(result.stdout)["unchecked"]}
    assert reasons["oai-schema-answer"] == (
        "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd was never fetched, and --offline fetches nothing; "
        "DRAGOMAN_SCHEMAS may name a folder that has the schemas"
    )


def test_offline_is_for_what_is_here(tmp_path: Path) -> None:
    """An address, or the links of a file, would have to be asked."""
    for arguments in (["http://archive.example.org/oai"], [str(tmp_path), "--links"]):
        result = CliRunner().invoke(main, ["check", "--offline", *arguments])
        assert result.exit_code == 2
        assert "--offline asks nobody; name files, without --links, or nothing for the store's records" in result.stderr


NO_ANSWERS = [
    ("a.xml", b"<mods/>", "holds no response of OAI-PMH 2.0, but mods; give the file that an endpoint sent, or "),
    ("a.xml", b"", "holds no response of OAI-PMH 2.0, but no XML; give the file that an endpoint sent, or "),
    ("a.txt", b"", "has no file that ends in .xml; name the files of saved responses so"),
]


@pytest.mark.parametrize(("name", "body", "sentence"), NO_ANSWERS)
def test_what_holds_no_answers_cannot_be_checked(name: str, body: bytes, sentence: str, tmp_path: Path) -> None:
    """The sentence says what is there instead."""
    (tmp_path / name).write_bytes(body)
    with pytest.raises(CannotCheckError, match=re.escape(f"{tmp_path} {sentence}")):
        Saved(tmp_path)
