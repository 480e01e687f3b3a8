"""Headers and records (OAI-PMH 2.0, 2.4 and 2.5), in each answer. Yields where they are not as they must be."""

import re
from collections.abc import Iterator

from lxml import etree

from server.check.findings import CannotCheckError, Place
from server.check.oai_pmh.answer import Answer, Header, header, metadata
from server.check.oai_pmh.dates import DAY, SECONDS, granularity
from server.check.oai_pmh.structure import declared
from server.check.oai_pmh.survey import Survey

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:([!#$&-;=?-Z_a-z~\[\]]|%[0-9A-Fa-f]{2})+")


def _at(answer: Answer, head: Header) -> str:
    return f"{answer.where}, record {head.identifier or '?'}"


def identifiers(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """The identifier of each record is a URI (2.4)."""
    for head in answer.headers:
        if not _URI.fullmatch(head.identifier):
            yield Place(_at(answer, head), "an identifier that is a URI, such as oai:example.org:1", head.identifier)


def datestamps(answer: Answer, survey: Survey) -> Iterator[Place]:
    """The datestamp of each record has the granularity of the repository (2.5, 2.7.1); if unknown, a legal one."""
    forms = [DAY, SECONDS] if survey.granularity is None else [survey.granularity]
    for head in answer.headers if {*forms} <= {DAY, SECONDS} else []:
        if granularity(head.datestamp) not in forms:
            yield Place(_at(answer, head), f"a datestamp as {' or '.join(forms)}", head.datestamp or "none")


def deleted_metadata(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """A deleted record has neither metadata nor about (2.5.1)."""
    for head, record in answer.records():
        more = [name for name in ("metadata", "about") if record.find(f"{{*}}{name}") is not None]
        if head.deleted and more:
            found = f"{' and '.join(more)} beside it"
            yield Place(_at(answer, head), "a header alone, as the record is deleted", found)


def deleted_declared(answer: Answer, survey: Survey) -> Iterator[Place]:
    """Deleted records are told only where Identify says so (2.5.1)."""
    if survey.stated("deletedRecord") == "no":
        for head in answer.headers:
            if head.deleted:
                yield Place(_at(answer, head), "no deleted record, as deletedRecord is no", "a deleted record")


def has_metadata(answer: Answer, _survey: Survey) -> Iterator[Place]:
    """A record that is not deleted has one document as its metadata (2.5)."""
    for head, record in answer.records():
        count = len(metadata(record))
        if not head.deleted and count != 1:
            yield Place(_at(answer, head), "metadata that hold one document", f"{count or 'no'} documents")


def declared_namespace(answer: Answer, survey: Survey) -> Iterator[Place]:
    """The metadata are in the namespace that ListMetadataFormats declares for their format (3.4)."""
    prefix = survey.prefix_of(answer)
    namespaces = {namespace for name, namespace, _schema in declared(survey) if prefix in {None, name}}
    for head, record in answer.records() if namespaces else ():
        for document in [] if head.deleted else metadata(record)[:1]:
            found = etree.QName(document).namespace or "none"
            if found not in namespaces:
                yield Place(_at(answer, head), f"metadata in the namespace {' or '.join(namespaces)}", found)


def same_record(survey: Survey) -> Iterator[Place]:
    """GetRecord gives the record that ListRecords gave, unless it has changed meanwhile (4.1, 4.5)."""
    listed = survey.usable(*survey.selection("ListRecords"))
    for head, record in list(listed.records())[:_COMPARED]:
        asked = (("verb", "GetRecord"), ("identifier", head.identifier), ("metadataPrefix", survey.prefix))
        answer = survey.ask(*asked)
        if answer.root is None:
            raise CannotCheckError(f"{answer.where} was not answered by OAI-PMH")
        if answer.error_codes:
            yield Place(answer.where, "the record that ListRecords lists", " and ".join(answer.error_codes))
        for got, one in answer.records():
            if got.datestamp == head.datestamp and _canonical(one) != _canonical(record):
                yield Place(answer.where, "the same record as in ListRecords", _difference(record, one))


_COMPARED = 5
"""Records that are fetched one by one, to be compared."""


def _canonical(record: etree._Element) -> list[object]:
    head = record.find("{*}header")
    parts = [etree.tostring(each, method="c14n", exclusive=True) for each in metadata(record)]
    return [None if head is None else header(head), *parts]


def _difference(one: etree._Element, other: etree._Element) -> str:
    first, second = _canonical(one), _canonical(other)
    return f"another header: {second[0]}" if first[0] != second[0] else "other metadata under the same datestamp"
