"""The resumption token: where a list goes on (OAI-PMH 2.0, 3.5).

It holds all that is needed, so no server remembers anything: it never expires, and means the same on every replica.
The checksum finds accidents; everything in a token is validated as if it came from outside, since it does.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from typing import Annotated, Literal

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from mappings.formats import FORMATS
from records.store import Selection
from records.values import SET_SPEC
from server.oai_pmh.datestamp import EARLIEST, LATEST
from server.oai_pmh.errors import BadResumptionToken, OAIErrors

_VERSION = "1"
_LARGEST = 2**62
_Count = Annotated[int, Field(ge=0, le=_LARGEST, strict=True)]
_Moment = Annotated[int, Field(ge=EARLIEST, le=LATEST, strict=True)] | None
_Verb = Literal["ListIdentifiers", "ListRecords"]
_FIELDS: TypeAdapter[tuple[_Verb, str, str | None, int | None, int | None, int, int, int]] = TypeAdapter(
    tuple[_Verb, str, str | None, _Moment, _Moment, _Count, _Count, _Count]
)


@dataclass(frozen=True, slots=True)
class ResumptionToken:
    """Where a list goes on.

    Attributes:
        verb: the verb that it was given out by; it is of no use at another.
        selection: the list.
        after: the change sequence of the last record that was served.
        cursor: records served so far.
        size: records of the whole list, counted at its first page.
    """

    verb: str
    selection: Selection
    after: int
    cursor: int
    size: int

    def __str__(self) -> str:
        of = self.selection
        fields = (self.verb, of.format, of.set_spec, of.start, of.until, self.after, self.cursor, self.size)
        text = urlsafe_b64encode(orjson.dumps(fields)).rstrip(b"=").decode()
        return f"{_VERSION}.{text}.{_checksum(text)}"


def parse(text: str, verb: str) -> ResumptionToken:
    """Return the token that a harvester sent.

    Args:
        text: what it sent.
        verb: the verb that it sent it to.

    Raises:
        OAIErrors: it is no token of ours, or of another verb.
    """
    found = re.fullmatch(r"1\.([A-Za-z0-9_-]{1,2000})\.([0-9a-f]{8})", text)
    if not found or _checksum(found[1]) != found[2]:
        raise _bad("it is not as this repository gave it out; begin the list again")
    try:
        fields = _FIELDS.validate_json(urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)))
    except (ValueError, ValidationError):
        raise _bad("it is no token of this repository; begin the list again") from None
    token = ResumptionToken(fields[0], Selection(*fields[1:5]), *fields[5:])
    if token.verb != verb:
        raise _bad(f"it was given out by {token.verb}")
    return _checked(token)


def _checked(token: ResumptionToken) -> ResumptionToken:
    spec = token.selection.set_spec
    if token.selection.format not in FORMATS or not (spec is None or SET_SPEC.fullmatch(spec)):
        raise _bad("it is of a format or set that is no longer here; begin the list again")
    return token


def _checksum(text: str) -> str:
    return blake2b(text.encode(), digest_size=4, key=b"dragoman").hexdigest()


def _bad(problem: str) -> OAIErrors:
    return OAIErrors([BadResumptionToken(f"resumptionToken: {problem}")])
