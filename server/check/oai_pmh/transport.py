"""The same answer by every road: POST as GET, compressed as plain (OAI-PMH 2.0, 3.1.1 and 3.1.3)."""

import re
from collections.abc import Iterator

from server.check.client import CorruptError
from server.check.findings import Place
from server.check.oai_pmh.answer import Answer
from server.check.oai_pmh.survey import IDENTIFY, Survey


def posted(survey: Survey) -> Iterator[Place]:
    """POST is answered as GET is (3.1.1)."""
    for asked in (IDENTIFY, tuple(survey.selection("ListIdentifiers"))):
        answer = survey.post(*asked)
        before, after = survey.ask(*asked), survey.ask(*asked)
        if _differs(before, answer) and not _differs(before, after):
            yield Place(answer.where, "the answer that GET gets", _said(answer))


def compressed(survey: Survey) -> Iterator[Place]:
    """A compressed answer holds what the plain one holds (3.1.3)."""
    for asked in (IDENTIFY, tuple(survey.selection("ListRecords"))):
        before = survey.ask(*asked)
        try:
            answer = survey.ask(*asked, encoding="gzip")
            found = _said(answer) if _differs(before, answer) and not _differs(before, survey.ask(*asked)) else None
        except CorruptError:
            found = "a body that cannot be unpacked, or not to its end"
        if found:
            yield Place(f"{before.where} (Accept-Encoding: gzip)", "the answer that is sent uncompressed", found)


def _differs(one: Answer, other: Answer) -> bool:
    return one.root is not None and _timeless(one) != _timeless(other)


def _timeless(answer: Answer) -> bytes:
    """Return the body without its responseDate, and without tokens, which may be new each time."""
    body = re.sub(rb"<((?:\w+:)?responseDate)>[^<]*<", rb"<\1><", answer.fetched.body)
    return re.sub(rb"(<(?:\w+:)?resumptionToken)[^<]*<", rb"\1><", body)


def _said(answer: Answer) -> str:
    codes = " and ".join(answer.error_codes)
    if codes:
        return f"the error {codes}"
    status = answer.fetched.status
    return "another answer" if status == 200 else f"HTTP status {status}"
