"""The arguments of a request: which are legal with which verb, as data, and read once."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl

from werkzeug.wrappers import Request

from mappings.formats import FORMATS
from records.values import SET_SPEC, XML_ILLEGAL
from server.oai_pmh import datestamp
from server.oai_pmh.errors import BadArgument, BadVerb, CannotDisseminateFormat, OAIError, OAIErrors

FORM = "application/x-www-form-urlencoded"
LARGEST_REQUEST = 64 * 1024
"""Bytes of arguments that are read."""

_ENOUGH = 100
"""Arguments that are read; the protocol has seven."""

_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
_URI = re.compile(r"([!$&-;=?-Z_a-z~]|%[0-9A-Fa-f]{2})+")
"""What may stand in a URI (RFC 3986, 2), without # and square brackets, which no identifier has."""


class Legal(NamedTuple):
    """Which arguments a verb takes (OAI-PMH 2.0, 4)."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    resumable: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every argument, in the order of the specification."""
        return (*self.optional, *self.required, *(("resumptionToken",) if self.resumable else ()))


_SELECTIVE = Legal(required=("metadataPrefix",), optional=("from", "until", "set"), resumable=True)

LEGAL = {
    "GetRecord": Legal(required=("identifier", "metadataPrefix")),
    "Identify": Legal(),
    "ListIdentifiers": _SELECTIVE,
    "ListMetadataFormats": Legal(optional=("identifier",)),
    "ListRecords": _SELECTIVE,
    "ListSets": Legal(resumable=True),
}


@dataclass(frozen=True, slots=True)
class Arguments:
    """A request that is legal by itself.

    Attributes:
        verb: its verb.
        given: all arguments as they came, to be echoed.
        start: the first second of the list, since 1970 UTC.
        until: the last second of the list.
        packed: whether the answer may be packed by gzip, where it is at hand so.
    """

    verb: str
    given: dict[str, str]
    identifier: str | None = None
    metadata_prefix: str | None = None
    set_spec: str | None = None
    start: int | None = None
    until: int | None = None
    resumption_token: str | None = None
    packed: bool = False


def received(request: Request) -> list[tuple[str, str]]:
    """Return the arguments of an HTTP request in their order, out of its query and, with POST, its body.

    Raises:
        OAIErrors: they are not encoded as OAI-PMH 2.0, 3.1.1 wants.
    """
    encoded = request.query_string
    if request.method == "POST":
        encoded = b"&".join(filter(None, (encoded, _body(request))))
    try:
        return parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=False,
            errors="strict",
            max_num_fields=_ENOUGH,
        )
    except UnicodeDecodeError:
        raise OAIErrors([BadArgument("an argument is not percent-encoded UTF-8")]) from None
    except ValueError:
        raise OAIErrors([BadArgument(f"there are more than {_ENOUGH} arguments")]) from None


def _body(request: Request) -> bytes:
    if request.mimetype not in {FORM, ""}:
        raise OAIErrors([BadArgument(f"the Content-Type of a POST request must be {FORM}")])
    body = request.stream.read(LARGEST_REQUEST + 1)
    if len(body) > LARGEST_REQUEST:
        raise OAIErrors([BadArgument(f"the request is longer than {LARGEST_REQUEST} bytes")])
    return body.strip()


def parse(pairs: Sequence[tuple[str, str]]) -> Arguments:
    """Return the request that arguments make.

    Args:
        pairs: names and values in their order, decoded.

    Raises:
        OAIErrors: everything that is wrong with them, at once.
    """
    given = dict(pairs)
    verb = _verb(pairs)
    errors: list[OAIError] = [*_misplaced(pairs, LEGAL[verb]), *_misvalued(given)]
    if errors:
        raise OAIErrors(errors, given=given)
    start, until = given.get("from"), given.get("until")
    return Arguments(
        verb=verb,
        given=given,
        identifier=given.get("identifier"),
        metadata_prefix=given.get("metadataPrefix"),
        set_spec=given.get("set"),
        start=None if start is None else datestamp.first_second(start),
        until=None if until is None else datestamp.last_second(until),
        resumption_token=given.get("resumptionToken"),
    )


def _verb(pairs: Sequence[tuple[str, str]]) -> str:
    verbs = [value for name, value in pairs if name == "verb"]
    if not verbs:
        raise OAIErrors([BadVerb(f"the argument verb is missing; it is one of {', '.join(LEGAL)}")])
    if len(verbs) > 1:
        raise OAIErrors([BadVerb("the argument verb is repeated")])
    if verbs[0] not in LEGAL:
        raise OAIErrors([BadVerb(f"{shown(verbs[0])} is no verb; it is one of {', '.join(LEGAL)}")])
    return verbs[0]


def _misplaced(pairs: Sequence[tuple[str, str]], legal: Legal) -> Iterator[OAIError]:
    """Yield what is wrong with the presence of arguments: illegal, repeated, missing, or beside a resumptionToken."""
    counted = Counter(name for name, _ in pairs if name != "verb")
    takes = f"this verb takes {', '.join(legal.all)}" if legal.all else "this verb takes no arguments"
    for name, count in counted.items():
        if name not in legal.all:
            yield BadArgument(f"{shown(name)} is not an argument here; {takes}")
        elif count > 1:
            yield BadArgument(f"the argument {name} is repeated")
    if legal.resumable and "resumptionToken" in counted:
        beside = [name for name in counted if name in (*legal.required, *legal.optional)]
        yield from (BadArgument(f"the argument {name} may not stand beside resumptionToken") for name in beside)
    else:
        missing = [name for name in legal.required if name not in counted]
        yield from (BadArgument(f"the argument {name} is missing") for name in missing)


def _misvalued(given: dict[str, str]) -> Iterator[OAIError]:
    """Yield what is wrong with the values."""
    sound = []
    for name, value in given.items():
        if name in _CHECKS:
            problem = _unusable(value) or _CHECKS[name](value)
            sound += [] if problem else [name]
            if isinstance(problem, OAIError):
                yield problem
            elif problem:
                yield BadArgument(f"{name}: {shown(value)} {problem}")
    if "from" in sound and "until" in sound:
        yield from _span(given["from"], given["until"])


def _unusable(value: str) -> str | None:
    if not value:
        return "is empty; leave the argument out"
    return "holds a character that XML cannot carry" if XML_ILLEGAL.search(value) else None


def _span(start: str, until: str) -> Iterator[OAIError]:
    if datestamp.granularity(start) != datestamp.granularity(until):
        yield BadArgument(f"from and until have different granularities: {start}, {until}")
    elif start > until:
        yield BadArgument(f"from is later than until: {start}, {until}")


def _date_problem(value: str) -> str | None:
    try:
        datestamp.first_second(value)
    except ValueError as error:
        return str(error)
    return None


def _prefix_problem(value: str) -> OAIError | str | None:
    if not _PREFIX.fullmatch(value):
        return "is no metadataPrefix"
    if value not in FORMATS:
        return CannotDisseminateFormat(
            f"metadataPrefix: {shown(value)} is no format of this repository; it has {', '.join(FORMATS)}"
        )
    return None


def _form(pattern: re.Pattern[str], problem: str) -> Callable[[str], str | None]:
    return lambda value: None if pattern.fullmatch(value) else problem


_CHECKS: dict[str, Callable[[str], OAIError | str | None]] = {
    "from": _date_problem,
    "until": _date_problem,
    "metadataPrefix": _prefix_problem,
    "set": _form(SET_SPEC, "is no setSpec"),
    "identifier": _form(_URI, "is no URI"),
    "resumptionToken": lambda _value: None,
}


def shown(value: str) -> str:
    """Return a value for a message: in quotes, in ASCII, and not too long."""
    cut = value if len(value) <= 80 else f"{value[:77]}..."
    return ascii(cut)
