"""What repositories that are harvested in tests hold and answer, and what a harvest of one comes to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from records.model import Record
from server import publishing
from server.library import Library
from server.reports.report import Report

OAI = "http://www.openarchives.org/OAI/2.0/"

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Origin:
    """A Dragoman on loopback.

    Attributes:
        library: its settings and store.
        asked: the queries that it got.
    """

    library: Library
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        """The address of its endpoint."""
        return f"{self.library.config.base_url}/oai"

    def publish(self, *identifiers: str, **fields: Any) -> None:  # noqa: ANN401 - any field of a record
        """Publish records with a title, and what else is stated."""
        repository = self.library.repository()
        records = [
            Record.model_validate({"identifier": each, "titles": [{"text": f"Title of {each}"}], **fields})
            for each in identifiers
        ]
        self.library.store.publish(
            [publishing.publication(record, repository, publishing.today()) for record in records]
        )

    def lists(self) -> list[dict[str, str]]:
        """Return the list requests since the last call, without the verb."""
        found = [query for query in self.asked if query.pop("verb") == "ListRecords"]
        self.asked.clear()
        return found


@dataclass
class Outcome:
    """What a harvest came to: the report of the load, what was said, and the faults."""

    report: Report
    said: list[str]
    faults: list[str]
    slept: list[float]


Harvesting = Callable[..., Outcome]


@dataclass
class Strange:
    """A repository that answers what it is told to.

    Attributes:
        endpoint: its address.
        answer: gives status, headers and body for a query.
        agents: the User-Agents that came.
    """

    endpoint: str
    answer: Callable[[dict[str, str]], Answer]
    agents: set[str] = field(default_factory=set)


def answered(content: str, date: str = "2026-03-01T10:00:00Z") -> Answer:
    """Return an OAI-PMH answer."""
    body = f'<OAI-PMH xmlns="{OAI}"><responseDate>{date}</responseDate><request/>{content}</OAI-PMH>'
    return 200, {"Content-Type": "text/xml"}, body.encode()


def usual(query: dict[str, str]) -> Answer:
    """Return what a repository that knows days alone answers to all but a list request."""
    return {
        "Identify": answered("<Identify><granularity>YYYY-MM-DD</granularity></Identify>"),
        "ListSets": answered('<error code="noSetHierarchy"/>'),
        "ListMetadataFormats": answered(
            "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema/>"
            f"<metadataNamespace>{OAI}oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>"
        ),
    }[query["verb"]]


def listed(*identifiers: str, token: str | None = None, title: str = "A title") -> Answer:
    """Return a list page of records, and its token."""
    records = "".join(
        f"<record><header><identifier>{each}</identifier><datestamp>2026-01-01</datestamp></header><metadata>"
        f'<dc xmlns="{OAI}oai_dc/"><title xmlns="http://purl.org/dc/elements/1.1/">{title}</title></dc></metadata></record>'
        for each in identifiers
    )
    closing = f"<resumptionToken>{token}</resumptionToken>" if token is not None else ""
    return answered(f"<ListRecords>{records}{closing}</ListRecords>")
