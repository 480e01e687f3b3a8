"""Image services (Image API 3.0 and 2.1, 4 and 5): what their info.json says, and whether a picture is answered."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.check.client import Client, Fetched, NoAnswerError
from server.check.findings import Place
from server.check.iiif.document import contexts, objects, text
from server.check.iiif.linked_data import shown
from server.check.iiif.links import ENOUGH, ORIGIN, closed, image_size, response_type
from server.check.iiif.services import IMAGE, Service, Told, content
from server.check.iiif.words import is_size

INFO = "/info.json"
ANSWER = "iiif-image-answer"
_PROTOCOL = "http://iiif.io/api/image"
_LIMITS = ("maxWidth", "maxHeight", "maxArea")
_SMALL = 100
"""The width in pixels of the picture that is asked for, where there is a choice."""


@dataclass(frozen=True)
class Info:
    """An info.json.

    Attributes:
        service: the service, as the document tells of it.
        value: its object.
        fetched: the answer that brought it.
    """

    service: Service
    value: Mapping[str, Any]
    fetched: Fetched

    @property
    def where(self) -> str:
        """Its place."""
        return self.service.at(self.service.address.rstrip("/") + INFO)

    @property
    def version(self) -> int:
        """The version that it is of, by its context; else the one that the document tells."""
        found = contexts(self.value)
        return self.service.version if not found else 2 if any("/image/2/" in each for each in found) else 3

    @property
    def level(self) -> str:
        """Its compliance level, such as level1; "" where none can be read."""
        found = self.value.get("profile")
        first = text(found[0] if isinstance(found, list) and found else found)
        return first.removeprefix("http://iiif.io/api/image/2/").removesuffix(".json")

    @property
    def limits(self) -> dict[str, Any]:
        """What it says of the largest pictures."""
        held = [self.value, *(each for _step, each in objects(self.value.get("profile")))]
        return {name: each[name] for each in held for name in _LIMITS if name in each}

    def place(self, name: str, expected: str, found: object) -> Place:
        """Return a place in it."""
        return Place(f"{self.where} {name}", expected, shown(found))


def media_type(info: Info) -> list[Place]:
    """It comes as JSON (5.1)."""
    if info.version == 2 and info.fetched.media_type == "application/ld+json":
        return []
    return response_type(info.where, info.fetched, f'profile="http://iiif.io/api/image/{info.version}/context.json"')


def cors(info: Info) -> list[Place]:
    """It is open to viewers (5.1)."""
    return closed(info.where, info.fetched)


def version(info: Info) -> list[Place]:
    """Its context is that of the version that the document tells (5.2)."""
    expected, found = f"http://iiif.io/api/image/{info.service.version}/context.json", info.value.get("@context")
    ends = found[-1] if isinstance(found, list) and found else found
    return [] if ends == expected or found is None else [info.place("@context", expected, found)]


def identity(info: Info) -> list[Place]:
    """Its id is the address of the service (5.2)."""
    name = "@id" if info.version == 2 else "id"
    base = info.service.address.rstrip("/")
    found = info.value.get(name)
    return [] if found in (None, base) else [info.place(name, base, found)]


def required(info: Info) -> list[Place]:
    """It has what it must have (5.2)."""
    names = ["@context", "protocol", "width", "height", "profile"]
    names += ["@id"] if info.version == 2 else ["id", "type"]
    return [Place(info.where, name, "none") for name in names if name not in info.value]


def protocol(info: Info) -> list[Place]:
    """It says what it is (5.2)."""
    expected = {"protocol": _PROTOCOL} if info.version == 2 else {"protocol": _PROTOCOL, "type": "ImageService3"}
    return [
        info.place(name, word, info.value[name])
        for name, word in expected.items()
        if name in info.value and info.value[name] != word
    ]


def profile(info: Info) -> list[Place]:
    """It names its compliance level (5.2)."""
    found = info.value.get("profile")
    stated = found if info.version == 3 else info.level
    if found is None or stated in ("level0", "level1", "level2"):
        return []
    expected = "level0, level1 or level2" if info.version == 3 else "http://iiif.io/api/image/2/level1.json, or 0 or 2"
    return [info.place("profile", expected, found)]


def profile_told(info: Info) -> list[Place] | None:
    """The document tells the profile that it has."""
    told = text(info.service.profile).removeprefix("http://iiif.io/api/image/2/").removesuffix(".json")
    if not told or not info.level or info.version != info.service.version:
        return None
    return [] if told == info.level else [Place(f"{info.service.where}.profile", info.level, told)]


def measures(info: Info) -> list[Place]:
    """Its numbers are positive integers (5.2)."""
    stated = {name: info.value[name] for name in ("width", "height") if name in info.value} | info.limits
    places = [
        info.place(name, "a positive integer", json.dumps(each)) for name, each in stated.items() if not is_size(each)
    ]
    if "maxHeight" in stated and "maxWidth" not in stated:
        places.append(Place(info.where, "maxWidth beside maxHeight", "none"))
    return places


def sizes(info: Info) -> list[Place] | None:
    """Each size has a width and a height (5.3)."""
    return _each_has(info, "sizes", ("width", "height"))


def tiles(info: Info) -> list[Place] | None:
    """Each tile has a width and scale factors, and measures of its own (5.4)."""
    places = _each_has(info, "tiles", ("width",))
    if places is None:
        return None
    measured = []
    for step, tile in objects(info.value["tiles"]):
        factors = tile.get("scaleFactors")
        if not isinstance(factors, list) or not factors or not all(is_size(each) for each in factors):
            places.append(info.place(f"tiles{step}.scaleFactors", "positive integers", factors))
        measure = (tile.get("width"), tile.get("height", tile.get("width")))
        if measure in measured:
            places.append(info.place(f"tiles{step}", "other measures than those of another", str(measure)))
        measured.append(measure)
    return places


def _each_has(info: Info, name: str, needed: tuple[str, ...]) -> list[Place] | None:
    if name not in info.value:
        return None
    if not isinstance(info.value[name], list):
        return [info.place(name, "an array of objects", info.value[name])]
    return [
        info.place(
            f"{name}[{number}].{each}", "a positive integer", value.get(each) if isinstance(value, dict) else value
        )
        for number, value in enumerate(info.value[name])
        for each in needed
        if not isinstance(value, dict) or not is_size(value.get(each))
    ]


def limits(info: Info) -> list[Place] | None:
    """No size and no tile is beyond the limits (5.2)."""
    if not info.limits or not all(is_size(each) for each in info.limits.values()):
        return None
    places = []
    for name in ("sizes", "tiles"):
        for step, each in objects(info.value.get(name)):
            width, height = each.get("width"), each.get("height", each.get("width"))
            if is_size(width) and is_size(height) and _is_beyond(info.limits, width, height):
                told = ", ".join(f"{limit} {value}" for limit, value in info.limits.items())
                places.append(info.place(f"{name}{step}", f"no more than {told}", f"{width} x {height}"))
    return places


def _is_beyond(stated: Mapping[str, int], width: int, height: int) -> bool:
    widest, area = stated.get("maxWidth", width), stated.get("maxArea", width * height)
    return width > widest or height > stated.get("maxHeight", stated.get("maxWidth", height)) or width * height > area


def formats(info: Info) -> list[Place] | None:
    """What it prefers is what it has (5.5)."""
    preferred = info.value.get("preferredFormats")
    if not isinstance(preferred, list) or info.version == 2:
        return None
    extra = info.value.get("extraFormats")
    had = ["jpg", *(["png"] if info.level == "level2" else []), *(extra if isinstance(extra, list) else [])]
    return [info.place("preferredFormats", ", ".join(map(str, had)), each) for each in preferred if each not in had]


DESCRIBED: dict[str, Callable[[Info], list[Place] | None]] = {
    "iiif-image-media-type": media_type,
    "iiif-image-cors": cors,
    "iiif-image-version": version,
    "iiif-image-id": identity,
    "iiif-image-required": required,
    "iiif-image-protocol": protocol,
    "iiif-image-profile": profile,
    "iiif-image-profile-told": profile_told,
    "iiif-image-measure": measures,
    "iiif-image-sizes": sizes,
    "iiif-image-tiles": tiles,
    "iiif-image-limits": limits,
    "iiif-image-formats": formats,
}
"""What is looked at in an info.json."""

RULES = (ANSWER, *DESCRIBED, "iiif-image-request", "iiif-image-request-size")


def described(url: str, root: Mapping[str, Any]) -> Service:
    """Return the service whose info.json is at an address."""
    version = 2 if any("/image/2/" in each for each in contexts(root)) else 3
    return Service("info.json", IMAGE, version, url.removesuffix(INFO), None)


def look(client: Client, service: Service) -> Told:
    """Ask a service what it is, and for one small picture. Raises as `Client.fetch`."""
    address = service.address.rstrip("/") + INFO
    try:
        fetched = client.fetch(address, origin=ORIGIN)
    except NoAnswerError as error:
        yield ANSWER, [Place(service.at(address), "a JSON object", str(error))]
        return
    value, places = content(service.at(address), fetched, "a JSON object")
    yield ANSWER, places
    if not places:
        info = Info(service, value, fetched)
        yield from ((code, check(info)) for code, check in DESCRIBED.items())
        yield from _pictured(client, info)


def _pictured(client: Client, info: Info) -> Told:
    asked, expected = small(info)
    address = f"{info.service.address.rstrip('/')}/full/{asked}/0/default.jpg"
    where = info.service.at(address)
    try:
        fetched = client.fetch(address, origin=ORIGIN, enough=ENOUGH)
    except NoAnswerError as error:
        yield "iiif-image-request", [Place(where, "a JPEG", str(error))]
        return
    jpeg = fetched.status == 200 and fetched.body.startswith(b"\xff\xd8")
    found = f"HTTP status {fetched.status}, {fetched.media_type or 'no Content-Type'}"
    yield "iiif-image-request", [] if jpeg and fetched.media_type == "image/jpeg" else [Place(where, "a JPEG", found)]
    size = image_size(fetched.body) if jpeg else None
    if size is not None and expected is not None:
        told = f"{expected[0]} x {expected[1] or 'any'} pixels"
        right = size[0] == expected[0] and expected[1] in {None, size[1]}
        yield "iiif-image-request-size", [] if right else [Place(where, told, f"{size[0]} x {size[1]}")]


def small(info: Info) -> tuple[str, tuple[int, int | None] | None]:
    """Return how to ask for a small picture of the whole image, and its width and height, where they are known.

    What is listed is asked for; where nothing is, what every service of level 1 can scale, or else the whole.
    """
    listed: list[tuple[int, int]] = []
    for _step, each in objects(info.value.get("sizes")):
        if is_size(width := each.get("width")) and is_size(height := each.get("height")):
            listed.append((width, height))
    if listed:
        width, height = min(listed)
        return (f"{width},", (width, None)) if info.version == 2 else (f"{width},{height}", (width, height))
    if info.level in {"level1", "level2"} and is_size(width := info.value.get("width")):
        return f"{min(_SMALL, width)},", (min(_SMALL, width), None)
    return ("full" if info.version == 2 else "max"), None
