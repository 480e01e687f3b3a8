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
from mappings.repository import Repository
from records.collections import with_defaults
from records.model import Record
from records.readers import collections_toml
from server.config import Config
from tests.samples import SAMPLES
from tests.samples import samples as stated_samples

if TYPE_CHECKING:
    from tests.harvest.sites import Site

Listed = Callable[[str], dict[str, bool]]

OAI = "{http://www.openarchives.org/OAI/2.0/}"


@pytest.fixture(scope="module")
def samples() -> list[Record]:
    """Give the sample records as they are stated."""
    return [found for found in stated_samples() if isinstance(found, Record)]


@pytest.fixture(scope="module")
def repository() -> Repository:
    """Give what the mappings know at the site of the samples."""
    found, _errors = collections_toml.read(SAMPLES / collections_toml.NAME)
    config = Config(institution_name="Example Archive")
    return config.repository({collection.spec: collection for collection in found})


@pytest.fixture(scope="module")
def listed(samples: list[Record], repository: Repository) -> Callable[[str], dict[str, bool]]:
    """Give a function that tells which OAI identifiers a harvester must find in a format, and if each is a deletion."""

    def find(prefix: str) -> dict[str, bool]:
        return {
            repository.oai_identifier(record): record.visibility == "deleted"
            for record in samples
            if record.visibility == "deleted"
            or (
                record.visibility == "public"
                and FORMATS[prefix].fills(with_defaults(record, repository.collections)[0], repository)
            )
        }

    return find


@pytest.mark.parametrize("prefix", sorted(FORMATS))
def test_sickle_harvests_everything(site: "Site", listed: Listed, prefix: str) -> None:
    """Sickle finds each record once, over several pages, and each deletion."""
    expected = listed(prefix)
    found = list(Sickle(f"{site.base_url}/oai").ListRecords(metadataPrefix=prefix, ignore_deleted=False))
    assert len(found) == len(expected)
    assert {record.header.identifier: record.header.deleted for record in found} == expected


@pytest.mark.parametrize("prefix", sorted(FORMATS))
def test_scythe_harvests_everything(site: "Site", listed: Listed, prefix: str) -> None:
    """oaipmh-scythe finds the same."""
    expected = listed(prefix)
    with Scythe(f"{site.base_url}/oai") as scythe:
        found = list(scythe.list_records(metadata_prefix=prefix, ignore_deleted=False))
    assert len(found) == len(expected)
    headers = [record.header for record in found if isinstance(record, HarvestedRecord)]
    assert {header.identifier: header.deleted for header in headers} == expected


def test_every_answer_is_valid(site: "Site", validate: Callable[[bytes], None], listed: Listed) -> None:
    """Each response of a whole harvest, by each verb, is valid against the official schemas, payloads included."""
    address = f"{site.base_url}/oai"
    queries = [{"verb": verb} for verb in ("Identify", "ListSets", "ListMetadataFormats")]
    for prefix in FORMATS:
        queries += [{"verb": verb, "metadataPrefix": prefix} for verb in ("ListRecords", "ListIdentifiers")]
        queries += [
            {"verb": "GetRecord", "metadataPrefix": prefix, "identifier": identifier} for identifier in listed("oai_dc")
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
