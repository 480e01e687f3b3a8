"""Answers of an endpoint that somebody saved: looked at as those of an endpoint are, but nothing can be asked.

Each file holds one answer, or several one after another. The request element of an answer tells what was asked.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mappings.namespaces import OAI
from server.check.client import Client, Fetched
from server.check.findings import CannotCheckError
from server.check.oai_pmh.answer import Answer, Pairs
from server.check.oai_pmh.headers import Headers
from server.check.oai_pmh.survey import IDENTIFY, LISTS, Listing, Survey

ONLY_SAVED = "only saved responses were read"

_END = re.compile(rb"</(?:[\w.-]+:)?OAI-PMH\s*>")


class _Kept(NamedTuple):
    """Where an answer is, and what leads to it and from it."""

    path: Path
    name: str
    start: int
    end: int
    asked: Pairs
    token: str
    sound: bool
    root: str

    def answer(self) -> Answer:
        """Read it.

        Raises:
            CannotCheckError: the file cannot be read any more.
        """
        return _answer(_read(self.path, self.start, self.end), self.asked, self.name)


class Saved(Survey):
    """What was saved of an endpoint.

    Args:
        place: a file, or a folder whose files that end in .xml are read, those in folders below too.
        prefix: the metadataPrefix of the lists that are compared with each other.
        set_spec: their set; None for those of the whole.

    Raises:
        CannotCheckError: nothing can be read, or none of it is an answer of OAI-PMH 2.0.
    """

    unread = "not all pages of the list were saved"

    def __init__(self, place: Path, prefix: str = "oai_dc", set_spec: str | None = None) -> None:
        super().__init__(Client(0), str(place), prefix, set_spec, sample=None)
        self._headers = Headers()
        self._kept = [kept for path in _files(place) for kept in self._index(path, place)]
        if not any(kept.root == f"{{{OAI}}}OAI-PMH" for kept in self._kept):
            raise CannotCheckError(
                f"{place} holds no response of OAI-PMH 2.0, but {self._kept[0].root}; give the file that an endpoint "
                "sent, or a folder of such files"
            )
        self._by_request = {frozenset(kept.asked): kept for kept in reversed(self._kept) if kept.asked}

    def _index(self, path: Path, place: Path) -> Iterator[_Kept]:
        name = str(path.relative_to(place)) if path != place else path.name
        body = _read(path)
        spans = _spans(body)
        for number, (start, end) in enumerate(spans, 1):
            answer = _answer(body[start:end])
            self._headers.add(answer.headers)
            asked = tuple((str(key), str(value)) for each in answer.elements("request") for key, value in each.items())
            root = str(answer.root_name or "no XML")
            shown = name if len(spans) == 1 else f"{name}, response {number}"
            yield _Kept(path, shown, start, end, asked, answer.token.text if answer.token else "", answer.sound, root)

    def answers(self) -> Iterator[Answer]:
        """Yield all, one at a time."""
        for kept in self._kept:
            yield kept.answer()

    def has(self, *asked: tuple[str, str]) -> bool:
        """Whether the answer to a request was saved."""
        return frozenset(asked) in self._by_request

    def ask(self, *asked: tuple[str, str], encoding: str = "identity") -> Answer:
        """Return the answer to a request; one that is compressed is never there.

        Raises:
            CannotCheckError: it was not saved.
        """
        if not self.has(*asked) or encoding != "identity":
            raise CannotCheckError(ONLY_SAVED)
        return self._by_request[frozenset(asked)].answer()

    def post(self, *_asked: tuple[str, str]) -> Answer:
        """Raise CannotCheckError: what was posted is not known of any answer."""
        raise CannotCheckError(ONLY_SAVED)

    def known_lists(self, *names: str) -> list[Pairs]:
        """Return the requests of lists with one of these arguments."""
        return [kept.asked for kept in self._begun if any(name in names for name, _value in kept.asked)]

    @property
    def granularity(self) -> str | None:
        """The granularity that the endpoint says it has; None if Identify was not saved."""
        return super().granularity if self.has(*IDENTIFY) else None

    @cached_property
    def listings(self) -> list[Listing]:
        """Every list whose first page was saved, as far as its pages were.

        Raises:
            CannotCheckError: there is none.
        """
        if not self._begun:
            raise CannotCheckError(ONLY_SAVED)
        return [self._listing(kept.asked) for kept in self._begun]

    @property
    def _begun(self) -> list[_Kept]:
        """The first page of each list."""
        asked = [(kept, dict(kept.asked)) for kept in self._by_request.values() if kept.sound]
        return [kept for kept, given in asked if given.get("verb") in LISTS and "metadataPrefix" in given]

    @property
    def headers(self) -> Headers:
        """The headers of all answers."""
        return self._headers

    def prefix_of(self, answer: Answer) -> str | None:
        """Return the metadataPrefix that an answer is in; None where no saved page leads to it."""
        given = dict(answer.asked)
        return given.get("metadataPrefix") or self._prefixes.get(given.get("resumptionToken", ""))

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        """The metadataPrefix of each list by the tokens of its pages."""
        found: dict[str, str] = {}
        for begun in self._begun:
            kept, given = begun, dict(begun.asked)
            while kept.token and kept.token not in found:
                found[kept.token] = given["metadataPrefix"]
                following = frozenset([("verb", given["verb"]), ("resumptionToken", kept.token)])
                kept = self._by_request.get(following, kept)
        return found


def holds_answers(place: Path) -> bool:
    """Whether a path is one of saved answers: a folder, or XML.

    Raises:
        CannotCheckError: it cannot be read.
    """
    return place.is_dir() or place.suffix == ".xml" or _read(place, 0, 100).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _files(place: Path) -> list[Path]:
    found = sorted(place.rglob("*.xml")) if place.is_dir() else [place]
    if not found:
        raise CannotCheckError(f"{place} has no file that ends in .xml; name the files of saved responses so")
    return found


def _read(path: Path, start: int = 0, end: int | None = None) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(-1 if end is None else end - start)
    except OSError as error:
        raise CannotCheckError(f"{path} cannot be read: {error.strerror}") from None


def _spans(body: bytes) -> list[tuple[int, int]]:
    """Return where each answer of a file begins and ends; what follows the last one whole is one more."""
    ends = [found.end() for found in _END.finditer(body)]
    if not ends or body[ends[-1] :].strip():
        ends.append(len(body))
    starts = [0, *ends[:-1]]
    return [(end - len(body[start:end].lstrip()), end) for start, end in zip(starts, ends, strict=True)]


def _answer(body: bytes, asked: Pairs = (), name: str = "") -> Answer:
    return Answer(asked, Fetched(200, {}, body), name=name)
