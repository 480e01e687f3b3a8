"""That the check of records finds faults: each rule has one that raises exactly it, and sound records raise none."""

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from server.check.findings import Finding
from server.check.iiif.tables import DOCUMENT
from server.check.records.checks import CODES, VALID
from server.check.records.formats import FORMATS
from server.check.rules.records import RECORD_RULES
from server.check.rules.rule import Rule
from tests.server.check.records.conftest import RECOMMENDED, Repository
from tests.server.check.records.faults import FAULTS

GOLDEN = Path(__file__).parents[3] / "golden" / "check-records.json"


@pytest.fixture(scope="session")
def folder(need: Callable[[str], NoReturn]) -> Path:
    """Give the folder of the official schemas."""
    return Path(os.environ.get("DRAGOMAN_SCHEMAS") or need("DRAGOMAN_SCHEMAS is not set"))


def test_every_rule_has_a_check_and_a_fault() -> None:
    """And nothing is checked or broken that is no rule."""
    assert sorted(rule.code for rule in RECORD_RULES) == sorted(FAULTS)
    assert sorted(CODES) == sorted([*FAULTS, *DOCUMENT])


def test_the_formats_are_those_that_we_write() -> None:
    """By their names, namespaces and schemas, as the registry of formats has them."""
    from mappings.formats import FORMATS as WRITTEN

    assert {name: (form.namespace, form.schema) for name, form in FORMATS.items()} == {
        name: (form.namespace, form.schema) for name, form in WRITTEN.items()
    }


def test_a_sound_record_raises_nothing(repository: Repository, folder: Path) -> None:
    """No false alarm, and all is looked at."""
    report = repository.checked(folder)
    assert {finding.code for finding in report.findings} == RECOMMENDED
    assert report.unchecked == []
    assert report.records == 1
    assert [(each.name, each.ready) for each in report.readiness] == [
        ("DPLA", 1),
        ("DPLA, as Tennessee reads MODS", 1),
        ("DPLA, as Massachusetts reads MODS", 0),
        ("DPLA, as Plains to Peaks reads MODS", 0),
        ("Europeana", 1),
        ("DLF guidelines", 1),
    ]


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_raises_exactly_its_rule(
    repository: Repository, folder: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """One rule is broken, one rule is named; `tests/golden/check-records.json` has what is said of it first."""
    FAULTS[code].make(repository, monkeypatch)
    report = repository.checked(folder)
    found = {finding.code for finding in report.findings} - RECOMMENDED
    assert found == {code, *FAULTS[code].with_it}, report.findings
    assert all(finding.where.startswith("letter-1 in ") for finding in report.findings)
    _assert_golden(next(finding for finding in report.findings if finding.code == code))


def _assert_golden(finding: Finding) -> None:
    today = datetime.now(UTC).date().isoformat()
    said = {name: getattr(finding, name).replace(today, "TODAY") for name in ("where", "expected", "found")}
    said = {name: re.sub(r"column [0-9]+.*", "column N", text) for name, text in said.items()}
    golden = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    if os.environ.get("DRAGOMAN_TEST_UPDATE_GOLDEN") == "1":
        golden[finding.code] = said
        GOLDEN.write_text(json.dumps(golden, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert said == golden[finding.code]


def test_without_schemas_validity_is_unchecked_not_passed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the reason; all else is looked at, invalid documents included."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    for code in ("record-valid-mods", "record-shelfmark"):
        FAULTS[code].make(repository, monkeypatch)
    report = repository.checked(None)
    assert {finding.code for finding in report.findings} == {"record-shelfmark", *RECOMMENDED}
    reasons = {each.code: each.reason for each in report.unchecked}
    assert set(reasons) == set(VALID)
    assert reasons["record-valid-mods"] == (
        "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd cannot be reached: [Errno 111] Connection refused; "
        "DRAGOMAN_SCHEMAS may name a folder that has the schemas"
    )


@pytest.mark.parametrize("rule", RECORD_RULES, ids=[rule.code for rule in RECORD_RULES])
def test_each_rule_is_written_for_people(rule: Rule) -> None:
    """Whole sentences, a section, a link."""
    assert re.fullmatch(r"(record|dpla|europeana|dlf)-[a-z]+[a-z0-9-]*", rule.code)
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.sentence)
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.remedy)
    assert rule.section
    assert rule.specification
    assert rule.link.startswith("https://")
