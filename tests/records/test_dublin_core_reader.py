"""Dublin Core, simple and qualified: what each term becomes, what is refused, and that nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from records.errors import RecordError
from records.readers.dublin_core import ROOTS
from records.readers.dublin_core.values import divided
from records.readers.found import Options, Taken
from records.readers.xml import find
from records.xml import escaped
from tests.records.leaves import lost

Read = Callable[[str], Taken | RecordError]

NAMESPACES = (
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:qdc="http://worldcat.org/xmlschemas/qdc-1.0/" xmlns:dspace="http://dspace.org/qualifieddc/"'
)
LEAST = "<dc:title>Harbour at dusk</dc:title><dc:identifier>box 7/12</dc:identifier>"


def simple(inside: str) -> str:
    """Return a document in oai_dc."""
    return f"<oai_dc:dc {NAMESPACES}>{inside}</oai_dc:dc>"


def qualified(inside: str, root: str = "qdc:qualifieddc") -> str:
    """Return a document in qualified Dublin Core."""
    return f"<{root} {NAMESPACES}>{inside}</{root}>"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Give a function that reads the one record of a document."""
    path = tmp_path_factory.mktemp("dublin_core") / "record.xml"

    def tell(document: str) -> Taken | RecordError:
        path.write_bytes(document.encode())
        (found,) = find(path, Options())
        return found if isinstance(found, RecordError) else found.read()

    return tell


@pytest.fixture
def taken(read: Read) -> Callable[[str], Taken]:
    """Give a function that reads the one record of a document, which can be taken, and of which nothing is lost."""

    def take(document: str) -> Taken:
        found = read(document)
        assert isinstance(found, Taken), str(found)
        assert lost(etree.fromstring(document), found) == []
        return found

    return take


Take = Callable[[str], Taken]


def _stated(found: Taken) -> dict[str, Any]:
    return found.record.model_dump(mode="json", exclude_defaults=True, exclude={"native"})


@pytest.mark.parametrize(
    ("element", "field", "value"),
    [
        ("<dc:title>Second title</dc:title>", "titles", {"text": "Second title", "kind": "alternative"}),
        ("<dc:creator>Roe, Ann</dc:creator>", "agents", {"name": "Roe, Ann", "roles": ["cre"]}),
        ("<dc:contributor>Roe, Ann</dc:contributor>", "agents", {"name": "Roe, Ann", "roles": ["ctb"]}),
        ("<dc:publisher>Quay Press</dc:publisher>", "agents", {"name": "Quay Press", "roles": ["pbl"]}),
        ("<dc:subject>Boats</dc:subject>", "subjects", {"text": "Boats"}),
        (
            '<dc:description xml:lang="fr">Quai.</dc:description>',
            "abstracts",
            {"text": "Quai.", "language": "fr"},
        ),
        ("<dc:date>1931-05</dc:date>", "dates", {"edtf": "1931-05"}),
        ("<dc:date>some day</dc:date>", "dates", {"text": "some day"}),
        ("<dc:type>STILLIMAGE</dc:type>", "types", "still image"),
        ("<dc:type>http://purl.org/dc/dcmitype/Sound</dc:type>", "types", "Sound"),
        ("<dc:type>still image</dc:type>", "types", "still image"),
        ("<dc:type>Moving Image</dc:type>", "types", "moving image"),
        ("<dc:type>Physical Object</dc:type>", "types", "PhysicalObject"),
        ("<dc:type>Postcard</dc:type>", "genres", {"text": "Postcard"}),
        ("<dc:format>image/jpeg</dc:format>", "media_types", "image/jpeg"),
        ("<dc:format>1 print, 9 x 14 cm</dc:format>", "extents", "1 print, 9 x 14 cm"),
        ("<dc:identifier>10.12345/abc</dc:identifier>", "identifiers", {"value": "10.12345/abc", "kind": "doi"}),
        ("<dc:source>Harbour album</dc:source>", "relations", {"title": "Harbour album", "kind": "original"}),
        ("<dc:language>eng</dc:language>", "languages", "en"),
        ("<dc:relation>A sequel</dc:relation>", "relations", {"title": "A sequel"}),
        (
            "<dc:relation>info:eu-repo/grantAgreement/EC/FP7/1</dc:relation>",
            "funding",
            {"award": "info:eu-repo/grantAgreement/EC/FP7/1"},
        ),
        (
            "<dc:relation>https://iiif.example.org/1/manifest</dc:relation>",
            "links",
            {"url": "https://iiif.example.org/1/manifest", "kind": "manifest"},
        ),
        ("<dc:coverage>Leith (Scotland)</dc:coverage>", "subjects", {"text": "Leith (Scotland)", "kind": "place"}),
        ("<dc:coverage>1931</dc:coverage>", "subjects", {"text": "1931", "kind": "time"}),
        ("<dc:coverage>the 12th century</dc:coverage>", "subjects", {"text": "the 12th century", "kind": "time"}),
        (
            "<dc:coverage>name=Perth; east=115.9; north=-31.9</dc:coverage>",
            "subjects",
            {"text": "name=Perth; east=115.9; north=-31.9", "kind": "place", "latitude": -31.9, "longitude": 115.9},
        ),
    ],
)
def test_each_element_has_its_field(taken: Take, element: str, field: str, value: object) -> None:
    """A value of simple Dublin Core stands in the field that says the same."""
    assert _stated(taken(simple(LEAST + element)))[field][-1] == value


@pytest.mark.parametrize(
    ("element", "field", "value"),
    [
        ("<dcterms:alternative>Port</dcterms:alternative>", "titles", {"text": "Port", "kind": "alternative"}),
        ("<dcterms:abstract>A port.</dcterms:abstract>", "abstracts", {"text": "A port."}),
        ("<dcterms:tableOfContents>1. Quay</dcterms:tableOfContents>", "contents", {"text": "1. Quay"}),
        ("<dcterms:issued>1932</dcterms:issued>", "dates", {"edtf": "1932", "kind": "issued"}),
        (
            '<dcterms:dateCopyrighted xsi:type="dcterms:W3CDTF">1933</dcterms:dateCopyrighted>',
            "dates",
            {"edtf": "1933", "kind": "copyright"},
        ),
        ("<dcterms:spatial>Leith</dcterms:spatial>", "subjects", {"text": "Leith", "kind": "place"}),
        ("<dcterms:temporal>1931</dcterms:temporal>", "subjects", {"text": "1931", "kind": "time"}),
        (
            '<dcterms:subject xsi:type="dcterms:LCSH">Boats</dcterms:subject>',
            "subjects",
            {"text": "Boats", "authority": "lcsh"},
        ),
        ("<dcterms:extent>3 leaves</dcterms:extent>", "extents", "3 leaves"),
        ("<dcterms:medium>silver print</dcterms:medium>", "notes", {"text": "silver print", "kind": "medium"}),
        ("<dcterms:isPartOf>Album 3</dcterms:isPartOf>", "relations", {"title": "Album 3", "kind": "host"}),
        ("<dcterms:replaces>Draft</dcterms:replaces>", "relations", {"title": "Draft", "kind": "preceding"}),
        ("<dcterms:hasPart>Leaf 1</dcterms:hasPart>", "relations", {"title": "Leaf 1", "label": "Has part"}),
        ("<dcterms:provenance>By gift.</dcterms:provenance>", "notes", {"text": "By gift.", "kind": "provenance"}),
    ],
)
def test_each_qualified_term_has_its_field(taken: Take, element: str, field: str, value: object) -> None:
    """A value of qualified Dublin Core stands in the field that says the same."""
    assert _stated(taken(qualified(LEAST + element)))[field][-1] == value


def test_rights_are_a_statement_a_uri_and_notes(taken: Take) -> None:
    """The first text, verbatim, and the first address, in its publisher's form; what else is said is a note."""
    found = taken(
        qualified(
            f"{LEAST}<dc:rights>\n Ask  the\n harbour office. </dc:rights><dc:rights>No photographs.</dc:rights>"
            "<dcterms:license>https://www.creativecommons.org/licenses/by/4.0/</dcterms:license>"
            "<dcterms:accessRights>Reading room</dcterms:accessRights>"
            "<dcterms:rightsHolder>A. Roe</dcterms:rightsHolder>"
        )
    )
    assert _stated(found)["rights"] == {
        "statement": "Ask  the\n harbour office.",
        "uri": "http://creativecommons.org/licenses/by/4.0/",
        "holder": "A. Roe",
        "access": "Reading room",
    }
    assert _stated(found)["notes"] == [{"text": "No photographs.", "kind": "rights"}]
    assert [str(fault.problem) for fault in found.told.mended] == [
        "'https://www.creativecommons.org/licenses/by/4.0/' is a page about the rights statement; taken as "
        "'http://creativecommons.org/licenses/by/4.0/'"
    ]


def test_the_first_description_is_the_abstract(taken: Take) -> None:
    """The others are notes; all are notes beside an abstract that says so."""
    two = "<dc:description>First.</dc:description><dc:description>Second.</dc:description>"
    found = _stated(taken(simple(LEAST + two)))
    assert (found["abstracts"], found["notes"]) == ([{"text": "First."}], [{"text": "Second."}])
    found = _stated(taken(qualified(f"{LEAST}{two}<dcterms:abstract>Short.</dcterms:abstract>")))
    assert (found["abstracts"], found["notes"]) == ([{"text": "Short."}], [{"text": "First."}, {"text": "Second."}])


def test_addresses_among_the_identifiers_are_links(taken: Take) -> None:
    """The landing page is the first that no resolver answers; a file is no page; a DOI stays an identifier."""
    addresses = (
        "https://doi.org/10.12345/a",
        "https://example.org/a.jpg",
        "https://example.org/a",
        "http://example.org/b",
    )
    found = _stated(taken(simple(LEAST + "".join(f"<dc:identifier>{url}</dc:identifier>" for url in addresses))))
    assert found["links"] == [
        {"url": "https://example.org/a.jpg", "kind": "file"},
        {"url": "https://example.org/a", "kind": "landing page"},
        {"url": "http://example.org/b"},
    ]
    assert found["identifiers"] == [{"value": "box 7/12"}, {"value": "https://doi.org/10.12345/a", "kind": "doi"}]
    only = "<dc:title>T</dc:title><dc:identifier>http://hdl.handle.net/1/2</dc:identifier>"
    found = _stated(taken(simple(only)))
    assert found["links"] == [{"url": "http://hdl.handle.net/1/2", "kind": "landing page"}]
    assert (found["identifier"], found["identifiers"]) == (
        "http-hdl.handle.net-1-2",
        [{"value": "http://hdl.handle.net/1/2", "kind": "hdl"}],
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Boats; Quays -- 1931; Nets", ["Boats", "Quays -- 1931", "Nets"]),
        ("Boats;", ["Boats"]),
        ("Boats;quays", ["Boats;quays"]),
        ("Museum (Leith; Scotland)", ["Museum (Leith; Scotland)"]),
        ("Roe &amp; Son; Boats", ["Roe &amp; Son; Boats"]),
        ("start=1931; end=1933", ["start=1931; end=1933"]),
        ("; ", ["; "]),
    ],
)
def test_a_list_is_divided_where_it_is_sure_to_be_one(text: str, parts: list[str]) -> None:
    """A semicolon in brackets, in DCSV or of a character reference divides nothing."""
    assert divided(text) == parts


def test_a_divided_list_is_told(taken: Take) -> None:
    """With how many values it holds; the native document keeps it as it was."""
    found = taken(simple(f"{LEAST}<dc:subject>Boats; Nets</dc:subject>"))
    (fault,) = found.told.mended
    assert (fault.field, fault.problem, fault.value) == (
        "dc:subject",
        "holds 2 values, divided by ';'; they were taken one by one",
        "Boats; Nets",
    )
    assert found.record.native
    assert "<dc:subject>Boats; Nets</dc:subject>" in found.record.native.document


def test_what_cannot_be_read_is_noted_and_kept(taken: Take) -> None:
    """A language that nobody knows, of a record and of a text; an address that is none."""
    found = taken(
        simple(
            f'{LEAST}<dc:language>Quayish</dc:language><dc:description xml:lang="qqqq-1">A port.</dc:description>'
            "<dc:identifier>https://example.org:99999/a</dc:identifier>"
        )
    )
    assert [(fault.field, fault.value) for fault in found.told.noted] == [
        ("dc:description", "A port."),
        ("dc:language", "Quayish"),
        ("links.0.url", "https://example.org:99999/a"),
    ]
    assert found.told.noted[1].problem == (
        "'Quayish' is no language that we know; write its tag or its English name, such as 'zh'"
    )
    assert found.record.unmapped["dc:language"] == ("Quayish",)


def test_a_term_without_a_field_stays_in_the_native_document(taken: Take) -> None:
    """And is told."""
    found = taken(qualified(f"{LEAST}<dcterms:audience>Sailors</dcterms:audience>"))
    assert found.told.native_only == ("dcterms:audience",)
    assert (found.told.elements, found.record.unmapped) == (3, {})


@pytest.mark.parametrize("root", [root for root in ROOTS if "qualifieddc" in root or "dcterms" in root])
def test_every_root_of_qualified_dublin_core_is_read(taken: Take, root: str) -> None:
    """A foreign one is put aside; the elements stand in ours, as they are."""
    namespace, _, name = root.rpartition("}")
    declared = f'xmlns:q="{namespace[1:]}"' if namespace else ""
    element = f"{'q:' if namespace else ''}{name}"
    typed = '<dcterms:created xsi:type="dcterms:W3CDTF">1931</dcterms:created>'
    found = taken(f"<{element} {declared} {NAMESPACES}>{LEAST}{typed}</{element}>")
    assert found.record.native
    assert found.record.native.format == "oai_dcterms"
    kept = etree.fromstring(found.record.native.document)
    assert kept.tag == "{http://worldcat.org/xmlschemas/qdc-1.0/}qualifieddc"
    assert [child.text for child in kept] == ["Harbour at dusk", "box 7/12", "1931"]
    assert len(found.told.mended) == (root != kept.tag)


@pytest.mark.parametrize(
    ("inside", "noted", "unmapped"),
    [
        ("<dc:hue>blue</dc:hue>", "dc:hue: is no term of Dublin Core", {"dc:hue": ("blue",)}),
        ("<p>loose</p>", "p: is no term of Dublin Core", {"p": ("loose",)}),
        ("loose", ": has text between its elements", {"text": ("loose",)}),
        (
            "<dc:subject><b>Boats</b></dc:subject>",
            "dc:subject: holds elements, where Dublin Core has text alone",
            {"b": ("Boats",)},
        ),
        (
            '<dc:date xsi:type="dcterms:W3CDTF">1931?</dc:date>',
            "dc:date: is not of the encoding scheme 'dcterms:W3CDTF', as it says",
            {"dc:date type": ("dcterms:W3CDTF",)},
        ),
        (
            '<dc:subject id="s1">Boats</dc:subject>',
            "dc:subject: has attributes that Dublin Core does not know",
            {"dc:subject id": ("s1",)},
        ),
    ],
)
def test_a_document_that_is_not_valid_is_not_kept_but_all_it_says(
    taken: Take, inside: str, noted: str, unmapped: dict[str, tuple[str, ...]]
) -> None:
    """What has no field is kept as `unmapped`, and it is said why the document cannot be served again."""
    found = taken(simple(LEAST + inside))
    assert found.record.native is None
    fault = found.told.noted[0]
    assert f"{fault.field}: {fault.finding}" == noted
    assert fault.remedy == "correct it, so that the document can be served again as it came"
    assert found.record.unmapped == unmapped


def test_empty_elements_are_left_out(taken: Take) -> None:
    """Of the document too, and told."""
    found = taken(simple(f"{LEAST}<dc:date/><dc:subject> </dc:subject>"))
    assert [(fault.field, fault.problem) for fault in found.told.mended] == [
        ("dc:date", "is empty; it was left out"),
        ("dc:subject", "is empty; it was left out"),
    ]
    assert found.record.native
    assert "dc:date" not in found.record.native.document


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (
            "<dc:title>T</dc:title>",
            "dc:identifier: is missing; add one, such as a shelfmark",
        ),
        ("<dc:identifier>1</dc:identifier>", "dc:title: is missing; add one, since a record is shown by its title"),
        ("<dc:title>T</dc:title><dc:identifier>№?</dc:identifier>", ""),
        ("<dc:title>T</dc:title><dc:identifier>!!</dc:identifier>", "dc:identifier: '!!' has no Latin letter"),
        ("<dc:title>T</dc:title><dc:identifier>!!</dc:identifier><dc:identifier>http://a.org/1</dc:identifier>", ""),
    ],
)
def test_what_a_record_needs_is_asked_for(read: Read, inside: str, message: str) -> None:
    """An identifier out of which an address can be made, and a title."""
    found = read(simple(inside))
    assert isinstance(found, RecordError) == bool(message)
    assert message in str(found)


def test_the_header_of_a_response_identifies_the_record(tmp_path: Path) -> None:
    """What dc:identifier says are other identifiers then."""
    response = tmp_path / "saved.xml"
    header = "<header><identifier>oai:quay.example.org:7</identifier><setSpec>boats</setSpec></header>"
    record = f"<record>{header}<metadata>{simple(LEAST)}</metadata></record>"
    response.write_text(f"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>{record}</OAI-PMH>", encoding="utf-8")
    (found,) = find(response, Options())
    taken = found.read() if not isinstance(found, RecordError) else found
    assert isinstance(taken, Taken)
    stated = _stated(taken)
    assert (stated["identifier"], stated["oai_identifier"]) == ("oai-quay.example.org-7", "oai:quay.example.org:7")
    assert (stated["identifiers"], stated["collections"]) == ([{"value": "box 7/12"}], ["boats"])


TERMS = (
    *("dc:title", "dc:creator", "dc:subject", "dc:description", "dc:date", "dc:type", "dc:format", "dc:identifier"),
    *("dc:source", "dc:language", "dc:relation", "dc:coverage", "dc:rights", "dcterms:license", "dcterms:temporal"),
    *("dcterms:isReferencedBy", "dcterms:extent", "dcterms:audience", "dc:hue", "b"),
)
SAID = ("http://example.org/a", "https://rightsstatements.org/page/InC/1.0/", "a; b", "1931", "a (b; c", "http://[")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20) | st.sampled_from(SAID)
XML_TEXT = TEXT.filter(lambda text: "\ufffe" not in text and "\uffff" not in text)


@given(pairs=st.lists(st.tuples(st.sampled_from(TERMS), XML_TEXT), max_size=8), root=st.booleans())
def test_nothing_of_any_document_is_lost(read: Read, pairs: list[tuple[str, str]], root: bool) -> None:
    """Whatever stands in which term: it is refused, or each value is in the record or told to be in the document."""
    inside = LEAST + "".join(f"<{term}>{escaped(text)}</{term}>" for term, text in pairs)
    document = simple(inside) if root else qualified(inside, "dspace:qualifieddc")
    found = read(document)
    assert isinstance(found, Taken), str(found)
    assert lost(etree.fromstring(document), found) == []
