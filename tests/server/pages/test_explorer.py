"""The explorer: what a harvester gets, in words; whatever is asked for, a page."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote_from_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from mappings.formats import FORMATS
from mappings.namespaces import OAI
from records.model import Collection, Record
from server.oai_pmh.datestamp import EARLIEST, LATEST
from server.pages.explorer import IDENTIFY

VERBS = ["", "Identify", "ListRecords", "ListIdentifiers", "GetRecord", "ListSets", "ListMetadataFormats", "Nonsense"]
NAMES = ["verb", "metadataPrefix", "identifier", "set", "from", "until", "resumptionToken", "other"]


@pytest.fixture
def five(publish: Callable[..., object], make_record: Callable[..., Record]) -> None:
    """Publish five records, of which one is deleted; a list page has three."""
    publish(*(make_record(f"r{number}", collections=["letters"]) for number in range(4)))
    publish(make_record("r4", visibility="deleted"))


def words(client: FlaskClient, address: str) -> str:
    """Return what a page says, on one line."""
    answer = client.get(address)
    assert answer.status_code == 200
    (main,) = html.fromstring(answer.data).iter("main")
    return " ".join(" ".join(map(str, main.itertext())).split())


def address_of(client: FlaskClient, address: str, link: str) -> str:
    """Return where a link of a page leads, by its words."""
    found = re.search(rf'<a[^>]* href="([^"]+)"[^>]*>{link}</a>', client.get(address).text)
    assert found, link
    return unescape(found[1])


def test_it_begins_with_the_repository(client: FlaskClient) -> None:
    """Identify in words, and the request that a harvester would send."""
    said = words(client, "/explore")
    assert "http://127.0.0.1:8000/oai?verb=Identify" in said
    assert "Name repositoryName Dragoman example repository" in said
    assert "<repositoryIdentifier>archive.example.org</repositoryIdentifier>" in said


def test_the_fields_of_the_repository_are_in_plain_words(client: FlaskClient) -> None:
    """All that Identify says, each beside the protocol's own name, with what it means."""
    identify = etree.fromstring(client.get("/oai?verb=Identify").data).iterfind(f".//{{{OAI}}}Identify/*")
    assert {etree.QName(part).localname for part in identify} - {"description"} == set(IDENTIFY)
    said = words(client, "/explore")
    assert "Deletions deletedRecord persistent Every deletion is remembered: lists tell for good that a record" in said
    assert "Granularity YYYY-MM-DDThh:mm:ssZ Changes are dated to the second, in UTC. A list may also be asked" in said
    assert "Earliest datestamp earliestDatestamp 20" in said


@pytest.mark.usefixtures("five")
def test_a_list_is_read_page_by_page_and_a_record_opened(client: FlaskClient) -> None:
    """By its links alone: the set, the next page, the record as XML."""
    listed = address_of(client, "/explore?verb=ListSets", "letters")
    assert "Records 1 to 3 of 4" in words(client, listed)
    rest = address_of(client, listed, "Next page")
    said = words(client, rest)
    assert "Records 4 to 4 of 4" in said
    assert "The list ends here." in said
    record = address_of(client, rest, "oai:archive.example.org:r3")
    said = words(client, record)
    assert "<dc:title>Title of r3</dc:title>" in said
    assert "Sets letters" in said
    assert "<titleInfo usage=" in words(client, address_of(client, record, "MODS 3.8"))


def test_sets_say_how_many_records_they_hold(
    client: FlaskClient, publish: Callable[..., object], make_record: Callable[..., Record]
) -> None:
    """As many as their lists have; an empty one has none."""
    collections = [Collection(spec="letters", title="Letters"), Collection(spec="maps", title="Maps")]
    publish(make_record("r1", collections=["letters:1965"]), collections=collections)
    publish(make_record("r2", collections=["letters"]))
    said = words(client, "/explore?verb=ListSets")
    assert "letters Letters (2 records) letters:1965 letters:1965 (1 record) maps Maps (0 records)" in said


def links(client: FlaskClient, address: str) -> dict[str, str]:
    """Return where the links of a page's content lead, by their words."""
    (main,) = html.fromstring(client.get(address).data).iter("main")
    return {link.text_content(): str(link.get("href")) for link in main.iter("a")}


def test_a_record_leads_to_all_that_is_here_of_it_and_to_nothing_else(
    client: FlaskClient, letter: Callable[..., Record]
) -> None:
    """Its formats, of which EDM and DataCite are none, its page and its manifest; each is there."""
    letter()
    found = links(client, "/explore?verb=GetRecord&metadataPrefix=mods&identifier=oai:archive.example.org:letter-1")
    formats = {"Dublin Core", "MODS 3.8", "Qualified Dublin Core", "MARCXML"}
    assert formats == found.keys() & {form.title for form in FORMATS.values()}
    assert found["The page of the record"] == "/records/letter-1"
    assert found["The IIIF manifest"] == "/iiif/letter-1/manifest.json"
    for title in formats:
        assert "Status there" in words(client, found[title])
    for title in ("The page of the record", "The IIIF manifest"):
        assert client.get(found[title]).status_code == 200


def test_a_deleted_record_leads_to_no_page(client: FlaskClient, letter: Callable[..., Record]) -> None:
    """Nor to a manifest; its formats tell of the deletion."""
    letter()
    letter(visibility="deleted")
    found = links(client, "/explore?verb=GetRecord&metadataPrefix=mods&identifier=oai:archive.example.org:letter-1")
    assert "Status deleted" in words(client, found["MARCXML"])
    assert not found.keys() & {"The page of the record", "The IIIF manifest"}


def test_a_record_without_anything_to_show_has_no_manifest(client: FlaskClient, letter: Callable[..., Record]) -> None:
    """It has its page all the same."""
    letter(texts=[])
    found = links(client, "/explore?verb=GetRecord&metadataPrefix=mods&identifier=oai:archive.example.org:letter-1")
    assert "The page of the record" in found
    assert "The IIIF manifest" not in found


@pytest.mark.usefixtures("five")
def test_the_next_page_keeps_what_the_form_says(client: FlaskClient) -> None:
    """Format, set and dates stand behind the token."""
    first = "/explore?verb=ListRecords&metadataPrefix=mods&set=letters&from=2001-01-01&until="
    page = html.fromstring(client.get(address_of(client, first, "Next page")).data)
    chosen = {select.get("name"): select.xpath("option[@selected]/@value") for select in page.iterfind(".//select")}
    fields = {field.get("name"): field.get("value") for field in page.iterfind(".//input")}
    assert chosen == {"verb": ["ListRecords"], "metadataPrefix": ["mods"]}
    assert fields == {"set": "letters", "from": "2001-01-01T00:00:00Z", "until": ""}


@pytest.mark.usefixtures("five")
def test_the_next_harvest_begins_at_the_first_page_of_this_one(client: FlaskClient) -> None:
    """Its responseDate is told there; a later page says that its own is not the one."""
    whole, paged = (f"/explore?verb=ListRecords&metadataPrefix=oai_dc&set={spec}" for spec in ("", "letters"))
    for first in (whole, paged):
        said = words(client, first)
        time = re.search(r"responseDate: (\S+)\. This is the first page of the list", said)
        assert time
        assert f"asks next with from={time[1]} , and gets all that has changed since." in said
    said = words(client, address_of(client, paged, "Next page"))
    assert "a harvester asks next with from the responseDate of the first page of the list, not of this one." in said


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    "asked",
    [
        "verb=Identify",
        "verb=ListSets",
        "verb=GetRecord&metadataPrefix=mods&identifier=oai:archive.example.org:r1",
        "verb=ListRecords&metadataPrefix=mods&until=2999-01-01",
        "verb=ListRecords&metadataPrefix=mods&from=2999-01-01",
    ],
)
def test_where_no_harvest_begins_none_is_advised(client: FlaskClient, asked: str) -> None:
    """What changed behind an until would be missed."""
    assert words(client, f"/explore?{asked}").endswith("Z.")


@pytest.mark.usefixtures("five")
def test_a_deletion_is_called_so(client: FlaskClient) -> None:
    """In the list and by itself."""
    assert "oai:archive.example.org:r4 deleted" in words(
        client, address_of(client, "/explore?verb=ListIdentifiers&metadataPrefix=mods", "Next page")
    )
    single = "/explore?verb=GetRecord&metadataPrefix=mods&identifier=oai:archive.example.org:r4"
    assert "Status deleted" in words(client, single)


def test_errors_are_those_of_the_protocol(client: FlaskClient) -> None:
    """With their codes and the sentences that harvesters get."""
    said = words(client, "/explore?verb=ListRecords&metadataPrefix=oai_dc&from=2024-02-30&set=")
    assert "This request is answered by an error badArgument from: '2024-02-30' is no day or time that exists" in said


def test_a_crowd_is_asked_to_come_later(client: FlaskClient) -> None:
    """Lists for people count as lists for harvesters do."""
    crowd = client.application.extensions["dragoman_watch"].crowd
    places = [crowd.place() for _each in range(6)]
    for place in places:
        place.__enter__()
    answer = client.get("/explore?verb=ListIdentifiers&metadataPrefix=oai_dc")
    for place in places:
        place.__exit__(None, None, None)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] in set("234567")
    assert "Many harvesters are here now. Try again in" in answer.text


@given(
    verb=st.sampled_from(VERBS),
    more=st.lists(st.tuples(st.sampled_from(NAMES), st.binary(max_size=20)), max_size=4),
)
def test_any_arguments_get_a_page(client: FlaskClient, verb: str, more: list[tuple[str, bytes]]) -> None:
    """Whatever bytes they hold."""
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in [("verb", verb.encode()), *more])
    assert client.get(f"/explore?{query}").status_code == 200


@pytest.mark.usefixtures("five")
def test_a_forged_token_is_refused_as_harvesters_are(client: FlaskClient, forge: Callable[[object], str]) -> None:
    """A time that no calendar writes is a bad token, for people and for harvesters."""
    token = forge(["ListRecords", "oai_dc", None, LATEST + 1, None, 1, 1, 4])
    sentence = "resumptionToken: it is no token of this repository; begin the list again"
    assert f"badResumptionToken {sentence}" in words(client, f"/explore?verb=ListRecords&resumptionToken={token}")
    answer = client.get(f"/oai?verb=ListRecords&resumptionToken={token}").text
    assert f'<error code="badResumptionToken">{sentence}</error>' in answer


MOMENTS = st.none() | st.sampled_from([0, EARLIEST, EARLIEST - 1, LATEST, LATEST + 1]) | st.integers(-(2**41), 2**41)
COUNTS = st.integers(0, 9) | st.sampled_from([2**62, 2**63, -1])


@given(
    names=st.tuples(st.sampled_from(["ListRecords", "ListIdentifiers", "\0"]), st.sampled_from(["oai_dc", "mods"])),
    spec=st.sampled_from([None, "letters", "a b"]),
    moments=st.tuples(MOMENTS, MOMENTS),
    counts=st.tuples(COUNTS, COUNTS, COUNTS),
)
def test_any_forged_token_gets_a_page(
    client: FlaskClient,
    forge: Callable[[object], str],
    names: tuple[str, str],
    spec: str | None,
    moments: tuple[int | None, ...],
    counts: tuple[int, ...],
) -> None:
    """Whatever it says of the list and of the place in it."""
    token = forge([*names, spec, *moments, *counts])
    for verb in ("ListRecords", "ListIdentifiers"):
        assert client.get(f"/explore?verb={verb}&resumptionToken={token}").status_code == 200


def test_the_endpoint_stays_xml_for_browsers(client: FlaskClient) -> None:
    """Java harvesters ask for text/html first."""
    answer = client.get("/oai?verb=Identify", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.mimetype == "text/xml"
