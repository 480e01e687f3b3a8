"""What became of a request, for those who watch: filled while it is answered, read when it is over."""

from dataclasses import dataclass, field
from time import perf_counter

from server.oai_pmh.arguments import LEGAL, Arguments
from server.oai_pmh.document import Answer
from server.oai_pmh.errors import NoRecordsMatch, OAIErrors

DONE, BUSY, FAILED = "ok", "busy", "failed"


@dataclass(slots=True)
class Exchange:
    """One request and what became of it.

    Attributes:
        verb: its verb; empty if it has no legal one.
        prefix: the format that was asked for; empty if none was.
        set_spec: the set that was asked for; empty for the whole.
        outcome: "ok", the code of the first error, "busy" (too many list requests), or "failed".
        records: how many records were served.
        first: whether it began a list.
        last: whether it ended one; then
        harvested: is what the list had served in all, and
        since: the first second of it, if one was asked for.
        begun: when it came, on a clock that has no epoch.
    """

    verb: str = ""
    prefix: str = ""
    set_spec: str = ""
    outcome: str = FAILED
    records: int = 0
    first: bool = False
    last: bool = False
    harvested: int = 0
    since: int | None = None
    begun: float = field(default_factory=perf_counter)

    def asked(self, arguments: Arguments) -> None:
        """Note a request that is legal by itself."""
        self.verb = arguments.verb
        self.prefix = arguments.metadata_prefix or ""
        self.set_spec = arguments.set_spec or ""
        self.since = arguments.start

    def answered(self, answer: Answer) -> None:
        """Note the answer. A token says which list it goes on with, and how much of it was served before."""
        self.outcome = DONE
        if (page := answer.page) is None:
            self.records = int(self.verb == "GetRecord")
            return
        list_ = page.selection
        self.prefix, self.set_spec, self.since = list_.format, list_.set_spec or "", list_.start
        self.records, self.first, self.last = page.rows, page.cursor == 0, not page.more
        self.harvested = page.cursor + page.rows

    def erred(self, errors: OAIErrors) -> None:
        """Note errors of the protocol. That nothing matches ends a harvest: there was nothing to fetch."""
        error = errors.errors[0]
        self.outcome = error.code
        self.first = self.last = isinstance(error, NoRecordsMatch)
        verb = errors.given.get("verb", "")
        self.verb = self.verb or (verb if verb in LEGAL else "")
