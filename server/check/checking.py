"""What is checked: finds out what answers, and hands it to the check that knows it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from server.check.client import Client, Fetched
from server.check.findings import CannotCheckError, Report
from server.check.iiif.links import ORIGIN
from server.check.iiif.visit import check_fetched, check_file
from server.check.oai_pmh import check_endpoint, check_place, most_requests, publishers
from server.check.oai_pmh.saved import holds_answers
from server.check.schemas import not_fetched

__all__ = ["Choice", "holds_answers", "most_requests", "report_on"]


class Choice(NamedTuple):
    """What is looked at of what answers.

    Attributes:
        prefix: the format whose records are looked at.
        set_spec: the set whose records are looked at; None for all.
        sample: how many records are looked at, or links followed; None for all.
        follow: whether links of a IIIF document are followed; None for those of an address, and not those of a file.
        schemas: the folder of the official schemas, if there is one.
        offline: whether nothing is fetched.
    """

    prefix: str
    set_spec: str | None
    sample: int | None
    follow: bool | None
    schemas: Path | None
    offline: bool = False


def report_on(
    target: str | Path,
    choice: Choice,
    *,
    most: int,
    pause: float,
    progress: Callable[[int], None],
    allow_private: bool,
) -> Report:
    """Return what was found.

    Args:
        target: the address of an endpoint or of a document, the file of a document, or where answers were saved.
        choice: what is looked at.
        most: how many requests may be sent.
        pause: seconds between two requests.
        progress: is told of each request.
        allow_private: whether hosts that are not on the public internet may be asked.

    Raises:
        CannotCheckError: there is nothing that can be checked.
    """
    client = Client(most, pause, progress, allow_private=allow_private)
    if isinstance(target, Path) and holds_answers(target):
        fetch = not_fetched if choice.offline else publishers(client)
        return check_place(fetch, target, prefix=choice.prefix, set_spec=choice.set_spec, schemas=choice.schemas)
    if isinstance(target, Path):
        return check_file(client, target, sample=choice.sample, follow=bool(choice.follow))
    fetched = client.fetch(target, origin=ORIGIN)
    if _is_json(fetched):
        return check_fetched(client, target, fetched, sample=choice.sample, follow=choice.follow is not False)
    if urlsplit(target).query:
        raise CannotCheckError(
            f"{target} is no JSON, so no IIIF document, and more than the base URL of an OAI-PMH endpoint; leave away "
            "what begins with ?"
        )
    return check_endpoint(
        client,
        target,
        prefix=choice.prefix,
        set_spec=choice.set_spec,
        sample=choice.sample,
        schemas=choice.schemas,
    )


def _is_json(fetched: Fetched) -> bool:
    """Whether an answer is JSON, or means to be: by its first letter, else by its Content-Type."""
    begins = fetched.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return begins in {b"{", b"["} or (begins != b"<" and "json" in fetched.media_type)
