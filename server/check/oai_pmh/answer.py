"""An answer of an endpoint, read: what the checks look at (OAI-PMH 2.0, 3.2)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from lxml import etree

from mappings.namespaces import OAI, XSI
from server.check.client import Fetched

Pairs = Sequence[tuple[str, str]]

_ILLEGAL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));",
    re.IGNORECASE,
)
"""Characters that XML 1.0, 2.2 does not allow, as they are or by their numbers."""


class Header(NamedTuple):
    """The header of a record (2.5)."""

    identifier: str
    datestamp: str
    sets: tuple[str, ...]
    deleted: bool


class Token(NamedTuple):
    """The resumptionToken of a list page (3.5); what is not stated is None."""

    text: str
    cursor: str | None
    size: str | None
    expires: str | None


@dataclass(frozen=True)
class Answer:
    """What an endpoint answered.

    Attributes:
        asked: the arguments that were sent, in their order.
        fetched: the HTTP answer.
        method: how it was asked.
        accepted: the Content-Encoding that was asked for.
        name: where it was saved; "" for what came just now.
    """

    asked: Pairs
    fetched: Fetched
    method: str = "GET"
    accepted: str = "identity"
    name: str = ""

    @property
    def where(self) -> str:
        """The request, as a person would repeat it; where the answer was saved, if it was."""
        query = urlencode(self.asked, safe=":/") or "(no arguments)"
        if self.name:
            return f"{self.name} (?{query})" if self.asked else self.name
        return f"?{query}" if self.method == "GET" and self.asked else f"{self.method} {query}"

    @cached_property
    def _parsed(self) -> etree._Element | str:
        """The root element, or why there is none. Entities are not expanded, nothing else is read."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            return etree.fromstring(self.fetched.body, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            return str(error)

    @property
    def root(self) -> etree._Element | None:
        """The root element if it is an OAI-PMH 2.0 answer."""
        parsed = self._parsed
        return parsed if not isinstance(parsed, str) and parsed.tag == f"{{{OAI}}}OAI-PMH" else None

    @property
    def root_name(self) -> str | None:
        """The name of the root element, whatever it is; None if this is no XML."""
        return None if isinstance(self._parsed, str) else str(self._parsed.tag)

    @property
    def syntax_problem(self) -> str | None:
        """Why this is not well-formed XML."""
        return self._parsed if isinstance(self._parsed, str) else None

    @property
    def illegal_character(self) -> str | None:
        """The first character that XML does not allow, as it stands in the body."""
        found = _ILLEGAL.search(self.fetched.body)
        return ascii(found[0].decode("utf-8", "replace")) if found else None

    @property
    def encoding(self) -> str:
        """The encoding that the document declares, in lower case; UTF-8 if it declares none."""
        declared = re.match(rb"""\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""", self.fetched.body)
        return declared[1].decode().lower() if declared else "utf-8"

    @property
    def error_codes(self) -> list[str]:
        """The code of each error."""
        return [] if self.root is None else [str(error.get("code")) for error in self.root.findall(f"{{{OAI}}}error")]

    @property
    def sound(self) -> bool:
        """Whether it is an OAI-PMH answer without an error."""
        return self.root is not None and not self.error_codes

    def texts(self, path: str) -> list[str]:
        """Return the text of each element of a path in OAI-PMH's namespace, from the root on."""
        return [(element.text or "").strip() for element in self.elements(path)]

    def elements(self, path: str) -> list[etree._Element]:
        """Return each element of a path in OAI-PMH's namespace, from the root on."""
        steps = "/".join(f"{{{OAI}}}{step}" for step in path.split("/"))
        return [] if self.root is None else self.root.findall(steps)

    @cached_property
    def headers(self) -> list[Header]:
        """The header of each record."""
        return [] if self.root is None else [header(element) for element in self.root.iter(f"{{{OAI}}}header")]

    def records(self) -> Iterator[tuple[Header, etree._Element]]:
        """Yield each record with its header."""
        for element in [] if self.root is None else self.root.iter(f"{{{OAI}}}record"):
            if (head := element.find(f"{{{OAI}}}header")) is not None:
                yield header(head), element

    @cached_property
    def token(self) -> Token | None:
        """The resumptionToken of a list page."""
        found = None if self.root is None else self.root.find(f"{{{OAI}}}*/{{{OAI}}}resumptionToken")
        if found is None:
            return None
        text = (found.text or "").strip()
        return Token(text, found.get("cursor"), found.get("completeListSize"), found.get("expirationDate"))


def header(element: etree._Element) -> Header:
    """Return a header as a value."""
    return Header(
        (element.findtext(f"{{{OAI}}}identifier") or "").strip(),
        (element.findtext(f"{{{OAI}}}datestamp") or "").strip(),
        tuple((spec.text or "").strip() for spec in element.findall(f"{{{OAI}}}setSpec")),
        element.get("status") == "deleted",
    )


def locations(element: etree._Element) -> dict[str, str]:
    """Return the addresses of schemas by their namespaces, as an element's xsi:schemaLocation has them."""
    words = element.get(f"{{{XSI}}}schemaLocation", "").split()
    return dict(zip(words[::2], words[1::2], strict=False))


def metadata(record: etree._Element) -> list[etree._Element]:
    """Return the elements in the metadata part of a record."""
    return [child for child in record.findall(f"{{{OAI}}}metadata/*") if isinstance(child.tag, str)]
