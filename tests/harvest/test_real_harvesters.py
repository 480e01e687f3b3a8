"""Harvesters that we did not write take every record in every format, and every deletion."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from lxml import etree
from oaipmh_scythe import Scythe
from oaipmh_scythe.models import Record as HarvestedRecord
from sickle import Sickle

from mappings.formats import FORMATS
from records.model import Record
from records.readers import READERS

if TYPE_CHECKING:
    from tests.harvest.sites import Site

OAI = "{http://www.openarchives.org/OAI/2.0/}"
SAMPLES = Path(__file__).parents[2] / "records" / "samples"


@pytest.fixture(scope="module")
def samples() -> list[Record]:
    """Give the sample records as they are stated."""
    files = [path for path in sorted(SAMPLES.rglob("*")) if path.suffix in READERS]
    return [found for path in files for found in READERS[path.suffix](path) if isinstance(found, Record)]


@pytest.fixture(scope="module")
def expected(samples: list[Record]) -> dict[str, bool]:
    """Give the OAI identifiers that a harvester must find, and whether each is a deletion."""
    return {
        record.oai_identifier or f"oai:archive.example.org:{record.identifier}": record.visibility == "deleted"
        for record in samples
        if record.visibility != "hidden"
    }


@pytest.mark.parametrize("prefix", sorted(FORMATS))
def test_sickle_harvests_everything(site: "Site", expected: dict[str, bool], prefix: str) -> None:
    """Sickle finds each record once, over several pages, and each deletion."""
    found = list(Sickle(f"{site.base_url}/oai").ListRecords(metadataPrefix=prefix, ignore_deleted=False))
    assert len(found) == len(expected)
    assert {record.header.identifier: record.header.deleted for record in found} == expected


@pytest.mark.parametrize("prefix", sorted(FORMATS))
def test_scythe_harvests_everything(site: "Site", expected: dict[str, bool], prefix: str) -> None:
    """oaipmh-scythe finds the same."""
    with Scythe(f"{site.base_url}/oai") as scythe:
        found = list(scythe.list_records(metadata_prefix=prefix, ignore_deleted=False))
    assert len(found) == len(expected)
    headers = [record.header for record in found if isinstance(record, HarvestedRecord)]
    assert {header.identifier: header.deleted for header in headers} == expected


def test_every_answer_is_valid(site: "Site", validate: Callable[[bytes], None], expected: dict[str, bool]) -> None:
    """Each response of a whole harvest, by each verb, is valid against the official schemas, payloads included."""
    address = f"{site.base_url}/oai"
    queries = [{"verb": verb} for verb in ("Identify", "ListSets", "ListMetadataFormats")]
    for prefix in FORMATS:
        queries += [{"verb": verb, "metadataPrefix": prefix} for verb in ("ListRecords", "ListIdentifiers")]
        queries += [
            {"verb": "GetRecord", "metadataPrefix": prefix, "identifier": identifier} for identifier in expected
        ]
    while queries:
        query = queries.pop()
        answer = requests.get(address, params=query, timeout=30).content
        validate(answer)
        token = etree.fromstring(answer).findtext(f".//{OAI}resumptionToken")
        if token:
            queries.append({"verb": query["verb"], "resumptionToken": token})


def test_an_incremental_harvest_finds_what_changed(site: "Site", tmp_path: Path) -> None:
    """A change and a deletion reach harvesters that ask from their last responseDate on."""
    new = [{"identifier": f"new-{number}", "titles": [{"text": f"New {number}"}]} for number in (1, 2)]
    path = tmp_path / "new.json"
    path.write_text(json.dumps(new))
    assert site.run("load", str(path)).returncode == 0
    sickle = Sickle(f"{site.base_url}/oai")
    since = etree.fromstring(sickle.harvest(verb="Identify").raw.encode()).findtext(f"{OAI}responseDate")
    new[0]["titles"] = [{"text": "Changed"}]
    path.write_text(json.dumps(new))
    assert site.run("load", str(path)).returncode == 0
    assert site.run("delete", "new-2").returncode == 0
    query = {"metadataPrefix": "oai_dc", "from": since, "ignore_deleted": False}
    found = {record.header.identifier: record.header.deleted for record in sickle.ListRecords(**query)}
    assert found["oai:archive.example.org:new-1"] is False
    assert found["oai:archive.example.org:new-2"] is True
