"""`/conformance`: what the newest `dragoman check` found in our records.

Nothing here checks anything: pages read what a check has kept in the store. Anybody may read them, so they show nothing
of a record that is not shown any more.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, request

from mappings.formats import FORMATS
from mappings.iiif import uris
from records import check_runs
from records.check_runs import Run
from server.check import runs
from server.check.findings import Finding, Readiness
from server.check.rules import RULES
from server.check.runs import Kept
from server.check.telling import plain
from server.current import library
from server.library import Library
from server.pages.page import here, page
from server.words import cell, plural

MOST = 500
"""Places, or records, of one page."""

COLUMNS = ("code", "level", "record", "where", "expected", "found")
"""The columns of the download."""

NOT_SHOWN = "a record that is not shown any more"

LINE = (600, 80)
"""Width and height of the line that shows the history, in units of its own."""


@dataclass(frozen=True)
class Links:
    """The addresses that what was found leads to.

    Attributes:
        base_url: ours.
        items: the OAI identifiers of the records that are shown, by their local ones.
    """

    base_url: str
    items: dict[str, str]

    def shows(self, identifier: str) -> bool:
        """Whether a record is shown."""
        return identifier in self.items

    def record(self, identifier: str) -> str:
        """Return the page of a record."""
        return here(uris.page_of(self.base_url, identifier))

    def request(self, finding: Finding) -> str:
        """Return the request for the record in the format that a finding is about, else in oai_dc."""
        named = re.match(r"in (\w+)", finding.part)
        prefix = named[1] if named and named[1] in FORMATS else "oai_dc"
        arguments = [("verb", "GetRecord"), ("metadataPrefix", prefix), ("identifier", self.items[finding.record])]
        return here(uris.oai_request(self.base_url, arguments))

    def rule(self, code: str) -> str:
        """Return the page of a rule."""
        return here(uris.conformance(self.base_url, code))

    def aggregator(self, each: Readiness) -> str:
        """Return the page of an aggregator."""
        return here(uris.conformance(self.base_url, "aggregators", slug(each.name)))


def overview() -> Response:
    """Return the page of the newest run: rules, aggregators, fields, and earlier runs."""
    store, kept = library().store, runs.newest(library().store.database)
    if kept is None:
        return page("conformance.html", kept=None)
    links = _links(finding.record for finding in kept.report.findings)
    found = [_veiled(finding, links) for finding in kept.report.findings]
    history = check_runs.history(store.database)
    return _page(
        "conformance.html",
        kept,
        links,
        report=replace(kept.report, findings=found),
        most=runs.FEW,
        changed=store.state().change_sequence != kept.run.sequence,
        history=history,
        line=_line(history),
        line_size=LINE,
        line_most=max((run.must + run.should for run in history), default=0),
        csv=here(uris.findings(library().config.base_url)),
    )


def rule(code: str) -> Response:
    """Return the page of a rule: every place where the newest run found it broken that was kept.

    The argument `after` is how many places the pages before have shown.
    """
    kept = _kept()
    if code not in kept.report.rules:
        abort(404, "records are held to no such rule")
    found, after = runs.findings(library().store.database, kept, code), _after()
    shown = found[after : after + MOST]
    links = _links(finding.record for finding in shown)
    return _page(
        "conformance_rule.html",
        kept,
        links,
        rule=RULES[code],
        count=_count(kept, code),
        kept_places=len(found),
        reasons=[each.reason for each in kept.report.unchecked if each.code == code],
        findings=[_veiled(finding, links) for finding in shown],
        after=after,
        following=after + MOST if len(found) > after + MOST else None,
    )


def aggregator(name: str) -> Response:
    """Return the page of an aggregator: which records lack what it asks for.

    The argument `after` is how many records the pages before have shown.
    """
    kept = _kept()
    each = next((each for each in kept.report.readiness if slug(each.name) == name and each.codes), None)
    if each is None:
        abort(404, "there is no such aggregator")
    short, after = list(_short(kept, each).items()), _after()
    shown = short[after : after + MOST]
    links = _links(identifier for identifier, _fields in shown)
    return _page(
        "conformance_aggregator.html",
        kept,
        links,
        each=each,
        report=kept.report,
        fields=list(zip(each.asked, each.codes, strict=False)),
        short=[(identifier, fields) for identifier, fields in shown if links.shows(identifier)],
        cut=sum(_count(kept, code) for code in each.codes) > sum(len(fields) for _identifier, fields in short),
        after=after,
        following=after + MOST if len(short) > after + MOST else None,
    )


def download() -> Response:
    """Return what the newest run found as CSV (RFC 4180), a row for each finding."""
    kept, store = _kept(), library()
    response = Response(_rows(store, kept), content_type="text/csv; charset=utf-8; header=present")
    response.headers["Content-Disposition"] = 'attachment; filename="conformance.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.direct_passthrough = True  # it may be long: it goes as it is read, rule by rule
    return response


def slug(name: str) -> str:
    """Return the name of an aggregator as it stands in addresses."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _kept() -> Kept:
    kept = runs.newest(library().store.database)
    if kept is None:
        abort(404, "the records were not checked yet; run 'dragoman check'")
    return kept


def _links(identifiers: Iterable[str]) -> Links:
    found = library()
    return Links(found.config.base_url, found.store.shown_items(list(dict.fromkeys(identifiers))))


def _page(template: str, kept: Kept, links: Links, **values: Any) -> Response:  # noqa: ANN401 - as `page` takes them
    """Return a page, with what the templates of all of them need."""
    return page(
        template,
        kept=kept,
        links=links,
        rules=RULES,
        plain=plain,
        plural=plural,
        moment=_moment,
        overview=here(uris.conformance(links.base_url)),
        **values,
    )


def _veiled(finding: Finding, links: Links) -> Finding:
    """Return a finding, without what it says of a record that is not shown any more."""
    return finding if links.shows(finding.record) else Finding(finding.code, NOT_SHOWN, "", "")


def _after() -> int:
    text = request.args.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        abort(400, "the argument after is a number; follow the links of the page before")
    return int(text)


def _count(kept: Kept, code: str) -> int:
    """Return in how many places a run found a rule broken, whether they were kept or not."""
    return kept.report.count(code, [finding for finding in kept.report.findings if finding.code == code])


def _short(kept: Kept, each: Readiness) -> dict[str, list[str]]:
    """Return what records lack of what an aggregator asks for, by their identifiers."""
    short: dict[str, list[str]] = {}
    for share, code in zip(each.asked, each.codes, strict=False):
        for finding in runs.findings(library().store.database, kept, code):
            short.setdefault(finding.record, []).append(share.name)
    return short


def _rows(found: Library, kept: Kept) -> Iterator[bytes]:
    yield _written([COLUMNS])
    for code in dict.fromkeys(finding.code for finding in kept.report.findings):
        findings = runs.findings(found.store.database, kept, code)
        shown = found.store.shown_items(list(dict.fromkeys(finding.record for finding in findings)))
        level = str(RULES[code].level)
        yield _written(
            (code, level, finding.record, finding.where, finding.expected, finding.found)
            for finding in findings
            if finding.record in shown
        )


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([cell(each) for each in row] for row in rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _line(history: Sequence[Run]) -> str | None:
    """Return the points of a line of the places where what must or should hold does not, the earliest run first."""
    if len(history) < 2:
        return None
    values = [run.must + run.should for run in reversed(history)]
    (width, height), most = LINE, max(values) or 1
    step = width / (len(values) - 1)
    return " ".join(f"{place * step:.0f},{height - value * height / most:.0f}" for place, value in enumerate(values))
