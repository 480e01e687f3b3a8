"""marc21: what a record says in MARCXML, read back with pymarc."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pymarc
import pytest
from lxml.etree import _Element

from mappings import marc21
from mappings.repository import Repository
from records.model import Record

Valid = Callable[[str, bytes | None], _Element]
Read = Callable[..., pymarc.Record]

NOT_IN_MARC = {
    *("Part 0142", "Chapter 0143", "whole-0144.pdf", "Download label 0145"),
    *("naf-0012", "http://sws.geonames.org/0029", "geonames-0030", "note kind 0036"),
    *("1901?", "2011-11-20", "uploaded words 0022", "undated words 0023", "1999-12-31", "letters-0058:inner-0059"),
    *("foundation-0081", "https://funder.example.org/0083", "https://provider.example.org/0086"),
    *("https://provider.example.org/logo-0087.png", "https://isni.org/isni/0088"),
    *("Whole text 0090", "Page text 0091", "Word 0092", "Paraphrase 0093"),
    *("page-0094.jpg", "1r 0095", "Page description 0096"),
    *("https://images.example.org/0097.jpg", "https://images.example.org/service-0098"),
    *("Landing label 0100", "Manifest label 0103", "image/x-preview-0105"),
    *("2009-01-02", "2010~", "value-0116", "2001-01-01"),
}


@pytest.fixture(scope="module")
def read(repository: Repository, valid: Valid) -> Read:
    """Give a function that writes a record of some statements, and reads the document with pymarc."""

    def reading(**statements: object) -> pymarc.Record:
        stated = {"identifier": "letter-1", "titles": [{"text": "A letter"}], **statements}
        document = marc21.write(Record.model_validate(stated), repository)
        valid("marc21", document)
        parse: Callable[..., list[pymarc.Record]] = pymarc.parse_xml_to_array
        (found,) = parse(BytesIO(document or b""), strict=True)
        return found

    return reading


def _fields(record: pymarc.Record, *tags: str) -> list[str]:
    """Return fields as text: tag, indicators, subfields."""
    return [str(field).removeprefix("=").replace("\\", " ") for field in record.get_fields(*tags)]


def _coded(record: pymarc.Record, tag: str) -> str | None:
    """Return the text of a control field, or None without one."""
    return record[tag].data if tag in record else None


def _general(record: pymarc.Record, start: int, end: int) -> str:
    return (_coded(record, "008") or "")[start:end]


def test_what_is_left_out_is_what_the_mapping_says(
    maximal_statements: dict[str, Any],
    maximal_record: Record,
    repository: Repository,
    valid: Valid,
    unique_texts: Callable[[object], set[str]],
) -> None:
    """Every text of a record with every field stands in its document, save what MARC has no place for."""
    root = valid("marc21", marc21.write(maximal_record, repository))
    said = "\n".join((*root.xpath(".//text()"), "1927~/1929", "../1903"))  # the ends of a range are two subfields
    assert {text for text in unique_texts(maximal_statements) if text not in said} == NOT_IN_MARC


def test_the_least_record_codes_nothing_that_is_not_stated(read: Read) -> None:
    """Leader and 008 of a record of an identifier and a title: fill and blanks, but for what MARC demands."""
    record = read()
    assert str(record.leader) == "00000nam a2200000uu 4500"
    assert _fields(record, "001", "003", "005", "008") == [
        "001  letter-1",
        "003  archive.example.org",
        "008  " + " " * 6 + "|" * 9 + "xx " + "|" * 22,
    ]
    assert _fields(record, "040", "245", "264", "856") == [
        "040    $aExample Archive",
        "245  00$aA letter",
        "264   1$bExample Archive",
        "856  40$uhttps://archive.example.org/records/letter-1",
    ]
    assert len(record.fields) == 7


@pytest.mark.parametrize(
    ("edtf", "coded"),
    [
        ("1965", "s1965    "),
        ("1965-03", "e196503  "),
        ("1965-03-02", "e19650302"),
        ("1965-03-02~", "s1965    "),
        ("1927~/1929", "m19271929"),
        ("../1950", "muuuu1950"),
        ("1950/..", "m1950uuuu"),
        ("156X", "s156u    "),
        ("18XX~", "s18uu    "),
        ("192X/1930-05", "m192u1930"),
        ("1965/1966-21", "m1965uuuu"),
        ("[1965,1966]", "|||||||||"),
        ("-0044", "|||||||||"),
        ("1965-21", "|||||||||"),
    ],
)
def test_a_date_is_coded_as_far_as_it_is_known(edtf: str, coded: str, read: Read) -> None:
    """Type of date and dates (008/06-14): a day, a probable year, a decade, a range with open ends, or no attempt."""
    record = read(dates=[{"edtf": edtf}])
    assert _general(record, 6, 15) == coded


def test_dates_in_words_and_uploads_are_not_coded(read: Read) -> None:
    """Words are no code, and neither uploading nor digitizing is a date of the document."""
    record = read(dates=[{"text": "undated"}, {"edtf": "2011-11-20", "kind": "uploaded"}])
    assert _general(record, 6, 15) == "|" * 9
    assert _fields(record, "046", "264") == ["264   0$cundated", "264   1$bExample Archive"]


def test_the_record_is_dated_only_by_what_it_states(read: Read) -> None:
    """005, 008/00-05 and the status come of stated days of cataloguing."""
    record = read(cataloguing={"created": "2009-01-02", "changed": "2010-05-06"})
    assert (_coded(record, "005"), _general(record, 0, 6), record.leader[5]) == ("20100506000000.0", "090102", "c")
    vague = read(cataloguing={"created": "2009", "changed": "2010~"})
    assert (_coded(vague, "005"), _general(vague, 0, 6), vague.leader[5]) == (None, " " * 6, "c")


@pytest.mark.parametrize(
    ("types", "coded"),
    [
        (["text"], "am"),
        (["sound recording-musical", "text"], "jm"),
        (["StillImage"], "km"),
        (["Collection"], "pc"),
        (["mixed material"], "pm"),
        ([], "am"),
    ],
)
def test_the_leader_says_what_the_first_type_says(types: list[str], coded: str, read: Read) -> None:
    """Type of record and bibliographic level (leader/06-07)."""
    assert read(types=types).leader[6:8] == coded


def test_the_first_maker_is_the_main_entry(read: Read) -> None:
    """1XX for the first maker whose kind is stated; all others are added entries, names without a kind uncontrolled."""
    agents = [
        {"name": "Unknown Kind", "roles": ["aut"]},
        {"name": "Kim, Il Sung", "kind": "person", "roles": ["rcp"]},
        {"name": "Embassy", "kind": "organization", "roles": ["cre", "pbl"], "uri": "https://ror.org/1"},
        {"name": "Aristotle", "kind": "person", "roles": ["aut"], "uri": "http://id.loc.gov/authorities/names/n1"},
        {"name": "Kraus", "kind": "family"},
        {"name": "Congress", "kind": "meeting", "roles": ["ctb"]},
    ]
    record = read(agents=agents, funding=[{"funder": "Foundation"}])
    assert _fields(record, "110", "700", "710", "711", "720") == [
        "110  2 $aEmbassy$ecreator$epublisher$4cre$4pbl$1https://ror.org/1",
        "700  1 $aKim, Il Sung$eaddressee$4rcp",
        "700  0 $aAristotle$eauthor$4aut$0http://id.loc.gov/authorities/names/n1",
        "700  3 $aKraus",
        "710  2 $aFoundation$efunder$4fnd",
        "711  2 $aCongress$jcontributor$4ctb",
        "720    $aUnknown Kind$eauthor$4aut",
    ]
    assert _fields(record, "245") == ["245  10$aA letter"]


def test_titles_by_their_kind(read: Read) -> None:
    """A uniform title without a main entry is one; further ones are added entries."""
    titles = [
        {"text": "Письмо", "kind": "alternative", "language": "ru"},
        {"text": "A letter"},
        {"text": "Ein Brief", "kind": "translated", "language": "de"},
        {"text": "Lett.", "kind": "abbreviated"},
        {"text": "Letters", "kind": "uniform"},
        {"text": "Epistles", "kind": "uniform"},
    ]
    assert _fields(read(titles=titles), "130", "210", "240", "242", "245", "246", "730") == [
        "130  0 $aLetters",
        "210  10$aLett.",
        "242  10$aEin Brief$yger",
        "245  10$aA letter",
        "246  3 $aПисьмо",
        "730  0 $aEpistles",
    ]


def test_subjects_by_their_list(read: Read) -> None:
    """Headings of a named list, headings with a URI alone, and index terms by what they are."""
    subjects = [
        {"text": "Korea--History", "authority": "lcsh", "uri": "http://id.loc.gov/authorities/subjects/sh1"},
        {"text": "Diplomacy", "authority": "fast"},
        {"text": "Pyongyang", "kind": "place", "uri": "http://sws.geonames.org/1"},
        {"text": "Kim, Il Sung", "kind": "person", "authority": "naf"},
        {"text": "1965", "kind": "time"},
        {"text": "Clerks", "kind": "occupation", "uri": "http://example.org/1"},
    ]
    assert _fields(read(subjects=subjects), "600", "648", "650", "651", "653", "656") == [
        "600  10$aKim, Il Sung",
        "650   0$aKorea--History$0http://id.loc.gov/authorities/subjects/sh1",
        "650   7$aDiplomacy$2fast",
        "651   4$aPyongyang$0http://sws.geonames.org/1",
        "653   4$a1965",
        "653    $aClerks",
    ]


@pytest.mark.parametrize(
    ("languages", "original", "said"),
    [
        (["en"], [], ["041    $aeng"]),
        (["en"], ["ko"], ["041  1 $aeng$hkor"]),
        (["ko"], ["ko"], ["041    $akor$hkor"]),
        ([], ["zh-Hant"], ["041  1 $hchi", "041  17$hzh-Hant$2rfc5646"]),
        (["yue"], [], ["041   7$ayue$2rfc5646"]),
    ],
)
def test_languages_in_codes_and_where_these_end_in_tags(
    languages: list[str], original: list[str], said: list[str], read: Read
) -> None:
    """A translation is one whose original has another language; 008/35-37 is the first language or no attempt."""
    record = read(languages=languages, original_languages=original)
    assert _fields(record, "041") == said
    assert _general(record, 35, 38) == {"en": "eng", "ko": "kor"}.get("".join(languages), "|||")


def test_rights_and_funding_each_in_a_place_of_their_own(read: Read) -> None:
    """Statement, URI with its official name, contact, holder, restrictions; acknowledgment with the award beside it."""
    rights = {
        "statement": "Ask us.",
        "uri": "http://creativecommons.org/licenses/by/4.0/",
        "contact": "rights@example.org",
        "holder": "A. Holder",
        "access": "Closed",
        "classification": "Top secret",
    }
    record = read(rights=rights, funding=[{"acknowledgment": "Thanks.", "award": "7"}])
    assert _fields(record, "506", "536", "540", "542") == [
        "506    $aClosed",
        "506    $aTop secret",
        "536    $aThanks.$c7",
        "540    $aAsk us.",
        "540    $fCC BY 4.0$2cc$uhttp://creativecommons.org/licenses/by/4.0/",
        "540    $brights@example.org",
        "542    $dA. Holder",
    ]
    assert _fields(read(rights={"uri": "https://example.org/terms"}), "540") == ["540    $uhttps://example.org/terms"]


def test_a_carriage_return_survives(read: Read) -> None:
    """Line ends and blanks of a statement come back as they were stated."""
    assert read(rights={"statement": " one\rtwo\n"})["540"]["a"] == " one\rtwo\n"


def test_an_address_is_given_once(read: Read) -> None:
    """The landing page is the resource, all else is related to it, a file is a version of it."""
    links = [
        {"url": "https://example.org/1", "kind": "landing page"},
        {"url": "https://example.org/1.pdf", "kind": "file", "media_type": "application/pdf", "label": "PDF"},
        {"url": "https://example.org/x"},
    ]
    record = read(links=links, texts=[{"content": "Dear friend"}], source={"uri": "https://source.example.org/1"})
    base = "https://archive.example.org"
    assert _fields(record, "856") == [
        "856  40$uhttps://example.org/1",
        f"856  42$3IIIF manifest$u{base}/iiif/letter-1/manifest.json",
        f"856  42$3Transcript$u{base}/records/letter-1/text/1.txt",
        "856  42$3Original$uhttps://source.example.org/1",
        "856  41$3File$uhttps://example.org/1.pdf$qapplication/pdf$yPDF",
        "856  42$uhttps://example.org/x",
    ]


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ({"value": "10.1/x", "kind": "DOI"}, "024  7 $a10.1/x$2doi"),
        ({"value": "7", "kind": "Record ID"}, "024  8 $a7$qRecord ID"),
        ({"value": "7"}, "024  8 $a7"),
        ({"value": "1234-5678", "kind": "issn"}, "022    $a1234-5678"),
    ],
)
def test_an_identifier_by_its_kind(identifier: dict[str, str], said: str, read: Read) -> None:
    """A kind that MARC has a field or a source code for, else its words."""
    assert _fields(read(identifiers=[identifier]), "020", "022", "024") == [said]
