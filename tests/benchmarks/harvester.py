"""A harvester that costs little, so that what it times is the server: one connection, kept alive; nothing is parsed."""

import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

import psutil
from isal import isal_zlib

_TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>")
_TAIL = 4000
"""Bytes at the end of an answer in which its token stands."""

Next = Callable[[int, str], str]
"""Returns the target of a page, by its number (counted from 0) and the token that led to it (empty for the first)."""


@dataclass
class Harvest:
    """What a harvest took.

    Attributes:
        records: how many headers came.
        seconds: from the first request to the last answer.
        waits: seconds for each page, in order.
        targets: what was asked for, in order.
        cpu: seconds of processor time that the server spent; 0 if its process is not known.
    """

    records: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Records in a second."""
        return self.records / self.seconds


class Harvester:
    """One harvester of one server.

    Args:
        url: the address of the server, without a path.
        gzip: whether it takes gzip.
        server: the server's process; its children count too.
    """

    def __init__(self, url: str, *, gzip: bool = False, server: psutil.Process | None = None) -> None:
        parts = urlsplit(url)
        self._connection = HTTPConnection(str(parts.hostname), parts.port, timeout=120)
        self._headers = {"Accept-Encoding": "gzip"} if gzip else {}
        self._server = server

    def get(self, target: str) -> bytes:
        """Return the body of an answer, inflated.

        Raises:
            AssertionError: the answer is not 200.
        """
        self._connection.request("GET", target, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{target}: {answer.status}"
        packed = answer.headers["Content-Encoding"] == "gzip"
        return isal_zlib.decompress(body, 16 + zlib.MAX_WBITS) if packed else body

    def harvest(self, next_page: Next) -> Harvest:
        """Read a list to its end."""
        found = Harvest()
        spent = cpu_seconds(self._server)
        began = time.perf_counter()
        token = ""
        while token or not found.waits:
            found.targets.append(next_page(len(found.waits), token))
            asked = time.perf_counter()
            body = self.get(found.targets[-1])
            found.waits.append(time.perf_counter() - asked)
            found.records += body.count(b"<header")
            match = _TOKEN.search(body, max(0, len(body) - _TAIL))
            token = match[1].decode() if match else ""
        found.seconds = time.perf_counter() - began
        found.cpu = cpu_seconds(self._server) - spent
        return found

    def wait(self, target: str, times: int) -> float:
        """Return how many seconds an answer takes, the median of several."""
        waits = []
        for _each in range(times):
            asked = time.perf_counter()
            self.get(target)
            waits.append(time.perf_counter() - asked)
        return median(waits)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def list_records(prefix: str = "oai_dc", extra: str = "") -> Next:
    """Return how an OAI-PMH list goes on: by its token.

    Args:
        prefix: the metadataPrefix.
        extra: further arguments of the first request, beginning with `&`.
    """
    first = f"/oai?verb=ListRecords&metadataPrefix={prefix}{extra}"
    return lambda _number, token: f"/oai?verb=ListRecords&resumptionToken={quote(token)}" if token else first


def files(_number: int, _token: str) -> str:
    """Return the target of a page that was saved as a file: `Next` for a server of static files."""
    return f"/{_number}.xml"


def cpu_seconds(process: psutil.Process | None) -> float:
    """Return the processor time that a process and its children have spent; one that has ended counts no more."""
    if process is None:
        return 0.0
    return sum(map(_spent, (process, *process.children(recursive=True))))


def _spent(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def private_megabytes(process: psutil.Process) -> float:
    """Return the memory of a process and its children without that of files; what they share is counted once.

    One that has ended has none.
    """
    return sum(map(_private, (process, *process.children(recursive=True)))) / 1000


def _private(process: psutil.Process) -> int:
    try:
        maps = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(re.findall(r"^Pss_Anon: +(\d+) kB$", maps, re.MULTILINE)[0])
