"""Each fault of a record, under the code of the rule that it breaks: it must raise that, and what goes with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Response

from tests.server.check.records.conftest import Repository

URI = "http://rightsstatements.org/vocab/InC/1.0/"


@dataclass(frozen=True)
class Fault:
    """A fault.

    Attributes:
        make: makes it in a store, or in the application that writes the pages.
        with_it: the rules that are broken whenever this one is.
    """

    make: Callable[[Repository, pytest.MonkeyPatch], object]
    with_it: frozenset[str] = frozenset()


def _in(name: str, pattern: str, new: str = "", *with_it: str) -> Fault:
    """Return a fault that replaces a pattern in the stored document of a format."""
    return Fault(lambda repository, _patch: repository.change(name, pattern, new), frozenset(with_it))


def _drop(name: str) -> Fault:
    return Fault(lambda repository, _patch: repository.drop(name))


def _restated(change: Callable[[dict[str, Any]], object]) -> Fault:
    return Fault(lambda repository, _patch: repository.restate(change))


def _patched(name: str, value: object) -> Fault:
    return Fault(lambda _repository, patch: patch.setattr(name, value))


def _all(*faults: Fault, with_it: str = "") -> Fault:
    """Return several faults as one."""

    def make(repository: Repository, patch: pytest.MonkeyPatch) -> None:
        for fault in faults:
            fault.make(repository, patch)

    return Fault(make, frozenset(filter(None, [with_it])))


def _gone(*_arguments: object, **_values: object) -> Response:
    return Response("gone", 404)


NO_EDM = _drop("edm")
NO_STATED_URI = _restated(lambda stated: stated["rights"].pop("uri"))
NO_STATED_RIGHTS = _restated(lambda stated: stated.pop("rights"))
NO_STATED_FUNDING = _restated(lambda stated: stated.pop("funding"))

FAULTS: dict[str, Fault] = {
    "record-page": _patched("server.pages.record.page", _gone),
    "record-oai-dc": _drop("oai_dc"),
    "record-well-formed": _in("oai_datacite", "</resource>"),
    "record-valid-oai-dc": _in("oai_dc", "(</?)dc:title", r"\1dc:headline"),
    "record-valid-mods": _in("mods", "</mods>", "<colour/></mods>"),
    "record-valid-dcterms": _in("oai_dcterms", "(</?)dcterms:title", r"\1dcterms:headline"),
    "record-valid-edm": _in("edm", "<edm:type>", "<edm:kind/><edm:type>"),
    "record-valid-marc21": _in("marc21", 'ind1="1"', 'ind1="one"'),
    "record-valid-datacite": _in("oai_datacite", "<publisher>.*</publisher>"),
    "record-statement": _in("oai_dcterms", "Ask us &amp; wait.", "Ask us &amp;  wait."),
    "record-statement-manifest": _in("manifest", r"wait\.<br/>", "wait. "),
    "record-statement-page": _patched("server.pages.record.rights.statement", lambda _record: "Ask us."),
    "record-acknowledgment": _in("marc21", "And  by others", "And by others"),
    "record-acknowledgment-manifest": _in("manifest", "<p>And  by others.</p>", ""),
    "record-acknowledgment-page": _patched("server.pages.record.rights.acknowledgments", lambda _record: ()),
    "record-rights-uri": _in("oai_datacite", ' rightsURI="[^"]*"'),
    "record-rights-canonical": _in(
        "mods",
        "</mods>",
        '<accessCondition xlink:href="https://rightsstatements.org/page/InC/1.0/?language=en"/></mods>',
    ),
    "record-date-form": _in("mods", ">1965-03-02<", ">1965-02-30<"),
    "record-date-order": _in("mods", ">1965/1967<", ">1967/1965<"),
    "record-date-future": _in("mods", ">1966<", ">2999<"),
    "record-language-code": _in("mods", ">chi<", ">zho<"),
    "record-language-tag": _in("oai_dcterms", 'xml:lang="en"', 'xml:lang="xq"'),
    "record-link": _in("marc21", "http://127", "http//127"),
    "record-repository": _restated(lambda stated: stated["source"].pop("repository")),
    "record-shelfmark": _restated(lambda stated: stated["source"].pop("shelfmark")),
    "dpla-title": _in("mods", "<titleInfo.*?</titleInfo>", "", "dlf-title"),
    "dpla-rights": _all(NO_STATED_URI, _in("mods", ' xlink:href="http://rights[^"]*"')),
    "dpla-provider": _all(
        _in("mods", "<recordContentSource>.*?</recordContentSource>"), _in("mods", '<note type="ownership">.*?</note>')
    ),
    "dpla-address": _in("mods", ' access="object in context"'),
    "europeana-title": _all(
        NO_STATED_FUNDING, _in("edm", "<dc:(title|description)[^>]*>[^<]*</dc:(title|description)>")
    ),
    "europeana-subject": _in("edm", "<dc:(subject|type)>[^<]*</dc:(subject|type)>"),
    "europeana-type": _all(NO_EDM, _in("oai_dc", "<dc:type>Text</dc:type>")),
    "europeana-language": _in("edm", "<dc:language>[^<]*</dc:language>"),
    "europeana-rights": _all(NO_STATED_URI, NO_EDM, _in("oai_dc", f"<dc:rights>{URI}</dc:rights>")),
    "europeana-provider": _all(NO_EDM, _in("oai_dc", "<dc:publisher>.*?</dc:publisher>")),
    "europeana-address": _all(NO_EDM, _in("oai_dc", "<dc:identifier>http.*?</dc:identifier>")),
    "europeana-document": NO_EDM,
    "dlf-title": _in("mods", "<titleInfo.*?</titleInfo>", "", "dpla-title"),
    "dlf-type": _in("mods", "<typeOfResource>.*?</typeOfResource>"),
    "dlf-date": _in("mods", ' keyDate="yes"'),
    "dlf-language": _in("mods", "<language><languageTerm[^>]*>eng<.*?</language>"),
    "dlf-digital-origin": _in("mods", "<digitalOrigin>.*?</digitalOrigin>"),
    "dlf-media-type": _in("mods", "<internetMediaType>.*?</internetMediaType>"),
    "dlf-address": _in("mods", "</mods>", '<location><url usage="primary">https://a.org/</url></location></mods>'),
    "dlf-access": _all(NO_STATED_RIGHTS, _in("mods", "<accessCondition.*?</accessCondition>"), with_it="dpla-rights"),
    "dlf-cataloguing": _in("mods", "<languageOfCataloging>.*?</languageOfCataloging>"),
    "dlf-one-value": _in("mods", "<topic>News<", "<topic>News; Friendship<"),
}
