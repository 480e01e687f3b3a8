"""`python -m tests.benchmarks.images`: the image service beside libvips itself, and its memory under a crowd.

A page of 60 million pixels is made, as a pyramidal TIFF and as a JPEG. Tiles and small images are asked for over HTTP,
and drawn by libvips in this process, in turn; what is told is the median of each, and the median of the ratios.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import psutil

from server.iiif.drawing import QUALITY
from server.vips import vips
from tests.benchmarks.servers import Dragoman, Server
from tests.harvest.sites import free_port

SIDE = 7746
"""Width and height of the page in pixels: 60 million in all."""

TILE = 512
CROWD = 50


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiles", type=int, default=100, help="tiles of each kind of file")
    tiles = parser.parse_args().tiles
    with tempfile.TemporaryDirectory(prefix="dragoman-") as name:
        folder, port = Path(name), free_port()
        pages = _made(folder / "in")
        dragoman = Dragoman(folder, {})
        assert dragoman.run("load", str(folder / "in"), port=port).wait() == 0
        with dragoman.serving(port) as server, httpx2.Client() as client:
            for number, path in enumerate(pages, start=1):
                service = f"{server.url}/iiif/page/image/{number}"
                _tell(f"tiles of {path.suffix}", _tiles(client, service, path, tiles if number == 1 else tiles // 5))
                _tell(
                    f"kept tiles of {path.suffix}", _tiles(client, service, path, tiles if number == 1 else tiles // 5)
                )
                _tell(f"small images of {path.suffix}", _small(client, service, path))
            _crowd(server, client)


def _made(folder: Path) -> list[Path]:
    """Make the page in both forms, with as much in it as a scan has."""
    (folder / "page").mkdir(parents=True)
    (folder / "page.json").write_text('{"identifier": "page", "titles": [{"text": "A page"}]}')
    image = vips().Image
    noise = image.gaussnoise(SIDE, SIDE, sigma=6, mean=0, seed=1)
    bands = [image.perlin(SIDE, SIDE, cell_size=size, seed=size) * 60 + 128 + noise for size in (32, 64, 256)]
    page = bands[0].bandjoin(bands[1:]).cast("uchar").copy(interpretation="srgb").copy_memory()
    pyramid, plain = folder / "page" / "1.tif", folder / "page" / "2.jpg"
    page.tiffsave(str(pyramid), tile=True, pyramid=True, compression="jpeg", Q=90, tile_width=256, tile_height=256)
    page.jpegsave(str(plain), Q=90)
    return [pyramid, plain]


Pair = tuple[float, float]
"""How long an answer took over HTTP, and by libvips alone, in seconds."""


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _tiles(client: httpx2.Client, service: str, path: Path, count: int) -> Iterator[Pair]:
    """Yield the times of tiles all over the page, at its full size and at half of it."""
    chosen = random.Random(count)
    for _tile in range(count):
        factor = chosen.choice([1, 2])
        side = TILE * factor
        left, top = (chosen.randrange(SIDE // side) * side for _axis in "xy")
        address = f"{service}/{left},{top},{side},{side}/{TILE},{TILE}/0/default.jpg"
        yield _timed(lambda: _got(client, address)), _timed(lambda: _tile_by_vips(path, left, top, factor))  # noqa: B023


def _tile_by_vips(path: Path, left: int, top: int, factor: int) -> bytes:
    image = vips().Image
    if path.suffix == ".tif":
        level = image.tiffload(str(path), page=factor - 1)
        part = level.crop(left // factor, top // factor, TILE, TILE)
    else:
        level = image.jpegload(str(path), shrink=factor, access="sequential")
        part = level.crop(left // factor, top // factor, TILE, TILE)
    return bytes(part.jpegsave_buffer(Q=QUALITY))


def _small(client: httpx2.Client, service: str, path: Path) -> Iterator[Pair]:
    """Yield the times of small images of the whole page, each of another size."""
    for width in range(200, 240, 2):
        address = f"{service}/full/{width},/0/default.jpg"
        yield _timed(lambda: _got(client, address)), _timed(lambda: _small_by_vips(path, width))  # noqa: B023


def _small_by_vips(path: Path, width: int) -> bytes:
    return bytes(vips().Image.thumbnail(str(path), width).jpegsave_buffer(Q=QUALITY))


def _got(client: httpx2.Client, address: str) -> None:
    client.get(address, timeout=60).raise_for_status()


def _tell(what: str, pairs: Iterator[Pair]) -> None:
    found = list(pairs)
    ours, alone = (statistics.median(pair[side] for pair in found) * 1000 for side in (0, 1))
    ratio = statistics.median(pair[0] / pair[1] for pair in found)
    print(f"{what:24} {ours:7.1f} ms over HTTP  {alone:7.1f} ms by libvips alone  ratio {ratio:.2f}")  # noqa: T201


def _crowd(server: Server, client: httpx2.Client) -> None:
    """Ask for the largest picture many times at once, and watch the memory of the server."""
    limit = client.get(f"{server.url}/iiif/page/image/1/info.json").json()["maxArea"]
    before, peak, over = _memory(server), 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.02):
            peak = max(peak, _memory(server))

    watcher = threading.Thread(target=watch)
    watcher.start()
    addresses = [
        f"{server.url}/iiif/page/image/{1 + place % 2}/full/^max/{(0, 90, 45)[place % 3]}/default.{form}"
        for place, form in zip(range(CROWD), ("jpg", "png", "webp") * CROWD, strict=False)
    ]
    with ThreadPoolExecutor(CROWD) as pool:
        statuses = Counter(pool.map(lambda address: httpx2.get(address, timeout=300).status_code, addresses))
    over.set()
    watcher.join()
    told = ", ".join(f"{count} times {status}" for status, count in sorted(statuses.items()))
    print(f"{CROWD} at once of {limit / 1e6:.0f} million pixels: {told}")  # noqa: T201
    print(f"private memory: {before / 2**20:.0f} MB before, {peak / 2**20:.0f} MB at most")  # noqa: T201


def _memory(server: Server) -> int:
    """Return the private memory of the server's processes in bytes."""
    total = 0
    for process in (server.process, *server.process.children(recursive=True)):
        try:
            total += process.memory_full_info().uss
        except psutil.NoSuchProcess:
            continue
    return total


if __name__ == "__main__":
    main()
