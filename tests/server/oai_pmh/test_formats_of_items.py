"""A record has a format only if it states what the format must have: EDM and DataCite ask for more."""

from collections.abc import Callable

from lxml import etree

from mappings.formats import FORMATS
from records.model import Record

Ask = Callable[..., etree._Element]
Errors = Callable[[etree._Element], list[tuple[str, str]]]
Texts = Callable[[etree._Element, str], list[str]]

ITEM = "oai:archive.example.org:e"
OAI = "{http://www.openarchives.org/OAI/2.0/}"


def test_a_record_that_cannot_fill_a_format_does_not_have_it(
    ask: Ask, publish: Callable[..., object], make_record: Callable[..., Record], errors: Errors, texts: Texts
) -> None:
    """GetRecord says so, ListMetadataFormats of the item leaves it out, and a list that nobody fills is empty."""
    publish(make_record("e", types=["Text"], languages=["en"], provider={"name": "An Archive"}))
    cannot = [("cannotDisseminateFormat", "this record cannot be given as edm")]
    assert errors(ask("GetRecord", metadataPrefix="edm", identifier=ITEM)) == cannot
    others = [prefix for prefix in FORMATS if prefix not in {"edm", "oai_datacite"}]
    assert texts(ask("ListMetadataFormats", identifier=ITEM), "metadataPrefix") == others
    nothing = [("noRecordsMatch", "no record matches these arguments")]
    assert errors(ask("ListRecords", metadataPrefix="edm")) == nothing


def test_a_record_that_loses_a_format_is_deleted_in_that_alone_and_comes_back(
    ask: Ask, european: Callable[..., None], texts: Texts
) -> None:
    """Harvesters of the other formats hear of a change, those of EDM of a deletion."""
    european("e")
    european("f")

    def status(prefix: str) -> list[str | None]:
        headers = ask("ListRecords", metadataPrefix=prefix).iter(f"{OAI}header")
        return [header.get("status") for header in headers if header.findtext(f"{OAI}identifier") == ITEM]

    assert (status("edm"), status("mods")) == ([None], [None])
    european("e", languages=[])
    assert (status("edm"), status("mods")) == (["deleted"], [None])
    assert "edm" in texts(ask("ListMetadataFormats", identifier=ITEM), "metadataPrefix")
    european("e")
    assert (status("edm"), status("mods")) == ([None], [None])
