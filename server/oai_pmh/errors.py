"""The errors of the protocol (OAI-PMH 2.0, 3.6). Each is an answer: HTTP status 200 and an `error` element."""

from collections.abc import Mapping, Sequence

from records.xml import escaped


class OAIError(Exception):
    """One error, with a message that says which argument and why."""

    code: str


class BadArgument(OAIError):
    """The request includes illegal arguments, is missing required ones, repeats one, or a value is illegal."""

    code = "badArgument"


class BadResumptionToken(OAIError):
    """The value of the resumptionToken argument is invalid or expired. Ours never expire."""

    code = "badResumptionToken"


class BadVerb(OAIError):
    """The verb argument is missing, repeated, or no verb of the protocol."""

    code = "badVerb"


class CannotDisseminateFormat(OAIError):
    """The metadata format is not supported by the item or by the repository."""

    code = "cannotDisseminateFormat"


class IdDoesNotExist(OAIError):
    """The value of the identifier argument is unknown in this repository."""

    code = "idDoesNotExist"


class NoRecordsMatch(OAIError):
    """The combination of from, until, set and metadataPrefix results in an empty list."""

    code = "noRecordsMatch"


class NoMetadataFormats(OAIError):
    """There are no metadata formats available for the item."""

    code = "noMetadataFormats"


class NoSetHierarchy(OAIError):
    """The repository does not support sets: it holds none yet."""

    code = "noSetHierarchy"


ECHO_NOTHING = (BadVerb, BadArgument)
"""Errors whose request element must not carry attributes (OAI-PMH 2.0, 3.2)."""


class OAIErrors(Exception):
    """All errors of a request.

    Args:
        errors: what is wrong, at least one.
        given: the arguments to echo, where the request was understood.
        time: the responseDate that is safe for what was read, in seconds since 1970 UTC; None if nothing was read.
    """

    def __init__(
        self, errors: Sequence[OAIError], *, given: Mapping[str, str] | None = None, time: int | None = None
    ) -> None:
        super().__init__("; ".join(map(str, errors)))
        self.errors = tuple(errors)
        self.given = dict(given or {})
        self.time = time

    def body(self) -> bytes:
        """Return the `error` elements."""
        return "".join(f'<error code="{error.code}">{escaped(str(error))}</error>' for error in self.errors).encode()
