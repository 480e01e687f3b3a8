"""`make bench`: what Dragoman does in a second, beside nginx, Flask and other OAI-PMH providers on this machine.

Only ratios that are taken within one run are worth quoting, and the processor time of a record: rates by themselves
depend on the machine and on what else it does.
"""

import argparse
import gzip
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from mappings.formats import FORMATS
from records.database import Database
from records.stretches import unpacked
from tests.benchmarks import made_records, peers
from tests.benchmarks.harvester import (
    Harvester,
    Next,
    cpu_seconds,
    files,
    list_records,
    private_megabytes,
)
from tests.benchmarks.servers import Dragoman, Server, constant, nginx

PORT, NGINX, FLASK, PEERS = 18000, 18001, 18002, 18003
ROUNDS = 7
MANIFEST = "/iiif/made-0000001/manifest.json"


def main() -> None:
    """Measure, and print a table of the aims and of what was found."""
    parser = argparse.ArgumentParser(prog="make bench", description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("--records", type=int, default=20_000, help="how many records are loaded")
    parser.add_argument("--database-url", help="a PostgreSQL database, empty or from an earlier run; else SQLite")
    parser.add_argument("--peers", action="store_true", help="measure other providers too (installs them with pip)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as folder:
        Path(folder).chmod(0o755)  # nginx may read as another user
        settings = {"DRAGOMAN_DATABASE_URL": chosen.database_url} if chosen.database_url else {}
        ours = Dragoman(Path(folder), settings)
        _say("aim", "what", "found")
        _load(ours, chosen.records)
        with ours.serving(PORT) as server:
            _packing(ours)
            _lists(server, ours.folder)
            _manifests(server, ours.folder)
            if chosen.peers:
                _peers(server, ours.folder)


def _say(aim: str, what: str, found: str) -> None:
    print(f"{what:<58} {found:>24}   {aim}", flush=True)  # noqa: T201 - a table for people


def _load(ours: Dragoman, count: int) -> None:
    """Load made records, all formats and a manifest for each."""
    made_records.write(ours.folder / "made.jsonl", count)
    began = time.perf_counter()
    process = ours.run("load", "made.jsonl", port=PORT)
    peak = cpu = 0.0
    while process.poll() is None:
        peak, cpu = max(peak, private_megabytes(process)), max(cpu, cpu_seconds(process))
        time.sleep(0.5)  # to ask costs the load something
    assert process.returncode == 0, "the load failed"
    seconds = time.perf_counter() - began
    _say("1000, better 3000", f"load of {count} records: records/s", f"{count / seconds:.0f}")
    _say("", "  processor time of a record, all processes", f"{cpu / count * 1e3:.2f} ms")
    _say("constant", "  memory of all processes, the most", f"{peak:.0f} MB")


def _packing(ours: Dragoman) -> None:
    """Wait until the server has packed its lists, as it does beside answering."""
    began = time.perf_counter()
    database = Database(ours.database_url)
    while True:
        with database.reading() as (connection, _now):
            if not unpacked(connection, FORMATS):
                break
        time.sleep(0.5)
    _say("", "packing lists beside answering: seconds", f"{time.perf_counter() - began:.0f}")


def _lists(server: Server, folder: Path) -> None:
    """Harvest Dublin Core, plain and packed, and the same pages as files of nginx."""
    pages = folder / "pages"
    pages.mkdir()
    with _harvester(server) as harvester:
        targets = harvester.harvest(list_records()).targets
        for number, target in enumerate(targets):
            body = harvester.get(target)
            (pages / f"{number}.xml").write_bytes(body)
            (pages / f"{number}.xml.gz").write_bytes(gzip.compress(body, 6, mtime=0))
        early, late = targets[1 : len(targets) // 4 + 2], targets[-len(targets) // 4 - 2 : -1]
        depth = _median_ratio(lambda: _wait(harvester, late), lambda: _wait(harvester, early))
    with nginx(folder, NGINX) as limit:
        for packed, aim in ((False, "0.5, better 0.75"), (True, "0.4, better 0.9")):
            ratio, cpu, rate = _against(server, limit, files, packed=packed)
            name = "gzip harvest" if packed else "plain harvest"
            _say(aim, f"{name} / the same pages as files of nginx", f"{ratio:.2f}")
            _say("10 us, better 6" if not packed else "", "  processor time of a record", f"{cpu:.1f} us")
            _say("", "  records/s", f"{rate:.0f}")
    _say("1.3, better 1.1", "a late page / an early one", f"{depth:.2f}")
    _say("150, better 100", "private memory of the server", f"{private_megabytes(server.process):.0f} MB")


@contextmanager
def _harvester(server: Server, *, packed: bool = False) -> Iterator[Harvester]:
    harvester = Harvester(server.url, gzip=packed, server=server.process)
    yield harvester
    harvester.close()


def _against(server: Server, other: Server, next_page: Next, *, packed: bool) -> tuple[float, float, float]:
    """Harvest two servers in turn; returns the ratio of their rates, and our processor time in us and our rate."""
    with _harvester(server, packed=packed) as ours, _harvester(other, packed=packed) as theirs:
        runs = [(ours.harvest(list_records()), theirs.harvest(next_page)) for _each in range(ROUNDS)]
    ratio = median(mine.rate / yours.rate for mine, yours in runs)
    return ratio, median(mine.cpu / mine.records for mine, _ in runs) * 1e6, median(mine.rate for mine, _ in runs)


def _wait(harvester: Harvester, targets: list[str]) -> float:
    return median(harvester.wait(target, 1) for target in targets)


def _median_ratio(over: Callable[[], float], under: Callable[[], float]) -> float:
    return median(over() / under() for _each in range(ROUNDS))


def _manifests(server: Server, folder: Path) -> None:
    """Ask for one manifest many times, and for a constant of the same size that Flask answers."""
    with ExitStack() as stack:
        ours = stack.enter_context(_harvester(server))
        body = ours.get(MANIFEST)
        flask = stack.enter_context(constant(folder, FLASK, body))
        theirs = stack.enter_context(_harvester(flask))
        ratio = _median_ratio(lambda: theirs.wait("/constant", 400), lambda: ours.wait(MANIFEST, 400))
        _say("0.8, better 0.95", "a stored manifest / a constant of its size by Flask", f"{ratio:.2f}")
        first = "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:made-0000001"
        _say("", "  a manifest, GetRecord: the median", f"{_ms(ours, MANIFEST)}, {_ms(ours, first)}")


def _ms(harvester: Harvester, target: str) -> str:
    return f"{harvester.wait(target, 400) * 1e3:.2f} ms"


def _peers(server: Server, folder: Path) -> None:
    """Harvest providers that others wrote, on the same records."""
    table = folder / "peers.sqlite"
    with _harvester(server) as harvester, sqlite3.connect(table) as connection:
        peers.fill(connection, harvester)
    connection.close()
    for name, running in peers.installed(folder, table, PEERS):
        with running as peer:
            ratio, _cpu, _rate = _against(server, peer, list_records(), packed=False)
            _say("10, better 15", f"plain harvest / {name}", f"{ratio:.0f}")


if __name__ == "__main__":
    main()
