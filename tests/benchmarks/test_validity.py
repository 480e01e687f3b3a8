"""The command that validates what is written of varied records: what is not valid is counted, told, and its status."""

from pathlib import Path

import pytest

from tests.benchmarks.validity import Validity, main
from tests.schemas import FORMATS, Schemas


def test_what_is_not_valid_is_counted_and_told_once(schemas: Path) -> None:
    """By format, with the first record that has the fault; an absent document is neither valid nor not."""
    found = Validity(Schemas(schemas))
    for identifier in ("a", "b"):
        found.see(identifier, {"oai_dc": b"<dc/>", "mods": b"<mods", "edm": None, "manifest": b'{"id": "x"}'})
    assert found.invalid == {"oai_dc": 2, "mods": 2, "manifest": 2}
    assert found.table().splitlines() == [
        "format          records    valid  invalid",
        "oai_dc                2        0        2",
        "mods                  2        0        2",
        "oai_dcterms           0        0        0",
        "edm                   0        0        0",
        "marc21                0        0        0",
        "oai_datacite          0        0        0",
        "manifest              2        0        2",
        "oai_dc, a: Element 'dc': No matching global declaration available for the validation root.",
        "mods, a: Couldn't find end of Start Tag mods line 1, line 1, column 6 (<string>, line 1)",
        "manifest, a: context /@context",
    ]


def test_the_status_says_whether_anything_is_not_valid(
    schemas: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 if all is valid, 1 if not, 2 if the schemas are not known."""
    monkeypatch.setenv("DRAGOMAN_SCHEMAS", str(schemas))
    assert main(["--records", "50"]) == 0
    assert "edm " in capsys.readouterr().out
    monkeypatch.setitem(FORMATS, "edm", FORMATS["oai_dc"])  # any schema but its own
    assert main(["--records", "50"]) == 1
    monkeypatch.delenv("DRAGOMAN_SCHEMAS")
    with pytest.raises(SystemExit) as refused:
        main([])
    assert refused.value.code == 2
