"""The provenance container: where it stands, and whether what we pass on is what came."""

from typing import Any

import pytest

from mappings import provenance
from records.model import Record

MODS = "http://www.loc.gov/mods/v3"
CAME = f'<mods xmlns="{MODS}" version="3.7"><titleInfo><title>A</title></titleInfo></mods>'


def harvested(**fields: Any) -> Record:  # noqa: ANN401 - any field of a record
    """Return a record that came as MODS."""
    origin = {
        "base_url": "https://x.example.org/oai?a=1&b=2",
        "identifier": "oai:x:a",
        "datestamp": "2026-01-01",
        "namespace": MODS,
        "harvested": "2026-03-01T10:00:00Z",
    }
    stated = {"identifier": "a", "titles": [{"text": "A"}], "provenance": origin}
    return Record.model_validate({**stated, **fields})


@pytest.mark.parametrize(
    ("served", "altered"),
    [
        (CAME, "false"),
        (f"<?xml version='1.0'?><m:mods version='3.7' xmlns:m='{MODS}'/>", "true"),
        (CAME.replace(" version='3.7'", "").replace("<mods ", "<mods  "), "false"),
        (CAME.replace(">A<", ">B<"), "true"),
    ],
)
def test_it_is_altered_unless_it_is_the_document_that_came(served: str, altered: str) -> None:
    """However that is written."""
    record = harvested(native={"format": "mods", "document": CAME})
    (about,) = provenance.write(record, {"mods": served.encode(), "oai_dc": b"<dc/>"}).values()
    assert f'altered="{altered}"'.encode() in about
    assert b"<baseURL>https://x.example.org/oai?a=1&amp;b=2</baseURL>" in about


def test_what_we_made_of_it_is_altered() -> None:
    """In the format of the namespace that it came in; no other has a container."""
    found = provenance.write(harvested(), {"mods": CAME.encode(), "oai_dc": b"<dc/>"})
    assert list(found) == ["mods"]
    assert b'altered="true"' in found["mods"]


@pytest.mark.parametrize("record", [harvested(provenance=None), harvested()])
def test_without_provenance_or_document_there_is_none(record: Record) -> None:
    """Of what did not come by OAI-PMH, and where the format cannot be filled."""
    assert provenance.write(record, {"mods": None if record.provenance else CAME.encode()}) == {}
