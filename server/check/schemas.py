"""XML Schemas by their published addresses: out of a folder with a catalog, or fetched once and kept, or from a host.

What a schema includes and imports is found in the same way. Nothing else is loaded for it.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from server.check.client import Fetched
from server.check.findings import CannotCheckError

CATALOG = "catalog.xml"

MOST_FAULTS = 5
"""Faults of one document that are told."""

MOST_SCHEMAS = 200
"""Schemas that are fetched for one check; the formats that we know need some fifty."""

_SYSTEM = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}system"
_XSD = "http://www.w3.org/2001/XMLSchema"

Fetch = Callable[[str], Fetched]
"""What gets the answer to a GET request by its address; raises CannotCheckError where there is none."""

Source = Callable[[str], Path | bytes | None]
"""Where schemas are: gives the file or the text of a schema by its address, None if it is for another source to know.

Raises CannotCheckError where it is for this one, and cannot be had.
"""


class Schemas:
    """Compiles schemas by their published addresses, each once.

    Args:
        sources: where they are looked for, one after the other.
    """

    def __init__(self, *sources: Source) -> None:
        self._resolver = Resolver(*sources)
        self._parser = parser(self._resolver)
        self._compiled: dict[tuple[tuple[str, str], ...], etree.XMLSchema | CannotCheckError] = {}

    def importing(self, *pairs: tuple[str, str]) -> etree.XMLSchema:
        """Return one schema for pairs of a namespace and the published address of its schema.

        Raises:
            CannotCheckError: one cannot be had, or is no schema.
        """
        if pairs not in self._compiled:
            self._compiled[pairs] = self._compile(pairs)
        found = self._compiled[pairs]
        if isinstance(found, CannotCheckError):
            raise found
        return found

    def _compile(self, pairs: tuple[tuple[str, str], ...]) -> etree.XMLSchema | CannotCheckError:
        root = etree.fromstring(f'<xs:schema xmlns:xs="{_XSD}"/>', self._parser)
        for namespace, address in pairs:
            etree.SubElement(root, f"{{{_XSD}}}import", namespace=namespace, schemaLocation=address)
        self._resolver.failure = None
        try:
            found = etree.XMLSchema(root)
        except etree.XMLSchemaParseError as error:
            return self._resolver.failure or CannotCheckError(f"the schema {pairs[-1][1]} cannot be used: {error}")
        return self._resolver.failure or found


def faults(schema: etree.XMLSchema) -> list[str]:
    """Return what was wrong with the last document, each fault once, and no more than anybody reads."""
    return list(dict.fromkeys(" ".join(error.message.split()) for error in schema.error_log))[:MOST_FAULTS]


class Resolver(etree.Resolver):
    """Finds what a schema includes and imports, and remembers why it could not.

    Args:
        sources: where to look.
    """

    def __init__(self, *sources: Source) -> None:
        self._sources = sources
        self.failure: CannotCheckError | None = None

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ANN401, ARG002
        """Give lxml what is at an address; a file beside another one it finds by itself."""
        address = system_url or ""
        try:
            found = self._found(address)
        except CannotCheckError as error:
            self.failure = self.failure or error
            return self.resolve_empty(context)
        if isinstance(found, bytes):
            return self.resolve_string(found, context, base_url=address)
        return self.resolve_filename(str(found), context) if found else None

    def _found(self, address: str) -> Path | bytes | None:
        if "://" not in address:
            return None
        return next((found for source in self._sources if (found := source(address)) is not None), None)


def parser(resolver: etree.Resolver) -> etree.XMLParser:
    """Return a parser of schemas that loads what they include by a resolver, and nothing from the network."""
    made = etree.XMLParser(no_network=True, resolve_entities=False)
    made.resolvers.add(resolver)
    return made


class Catalog:
    """A folder with schemas and a catalog that tells which is which (OASIS XML Catalogs 1.1).

    Args:
        folder: where they are.

    Raises:
        CannotCheckError: there is no catalog that can be read.
    """

    def __init__(self, folder: Path) -> None:
        try:
            entries = etree.parse(folder / CATALOG).iter(_SYSTEM)
        except (OSError, etree.XMLSyntaxError) as error:
            raise CannotCheckError(f"the schemas' {CATALOG} in {folder} cannot be read: {error}") from None
        self._files = {str(entry.get("systemId")): folder / str(entry.get("uri")) for entry in entries}

    def __call__(self, address: str) -> Path:
        """Return the file of a schema. A source of `Schemas`."""
        if address not in self._files:
            raise CannotCheckError(f"the schemas' {CATALOG} does not name {address}; add it to check these")
        return self._files[address]


class Cache:
    """A folder in which schemas are kept that were fetched from their publishers.

    Args:
        folder: where they are kept; it need not be there.
        fetch: gets what is not there yet.
    """

    def __init__(self, folder: Path, fetch: Fetch) -> None:
        self._folder = folder
        self._fetch = fetch

    def __call__(self, address: str) -> bytes:
        """Return the text of a schema. A source of `Schemas`."""
        kept = self._folder / _file_name(address)
        try:
            return kept.read_bytes()
        except OSError:
            found = self._fetched(address)
        try:
            self._keep(kept, found)
        except OSError as error:
            raise CannotCheckError(
                f"{address} cannot be kept in {self._folder}: {error.strerror}; let XDG_CACHE_HOME name a folder that "
                "may be written"
            ) from None
        return found

    def _fetched(self, address: str) -> bytes:
        try:
            return schema_text(self._fetch(address), address)
        except CannotCheckError as error:
            raise CannotCheckError(f"{error}; DRAGOMAN_SCHEMAS may name a folder that has the schemas") from None

    def _keep(self, kept: Path, found: bytes) -> None:
        """Write a file that is whole whenever it is seen."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(found)
        Path(file.name).replace(kept)


class Host:
    """A host that has schemas of its own, which are asked for each time: the endpoint that is checked.

    Args:
        url: an address of the host.
        fetch: gets what it has.
    """

    def __init__(self, url: str, fetch: Fetch) -> None:
        self._host = urlsplit(url).netloc
        self._fetch = fetch

    def __call__(self, address: str) -> bytes | None:
        """Return the text of a schema that the host has. A source of `Schemas`."""
        return schema_text(self._fetch(address), address) if urlsplit(address).netloc == self._host else None


def official(folder: Path | None, fetch: Fetch) -> Source:
    """Return where the official schemas are: in a folder with a catalog if one is named, else with their publishers.

    Raises:
        CannotCheckError: the folder has no catalog.
    """
    return Catalog(folder) if folder else Cache(cache_folder(), fetch)


def not_fetched(address: str) -> Fetched:
    """Refuse to fetch: a `Fetch` for who asks nobody.

    Raises:
        CannotCheckError: always.
    """
    raise CannotCheckError(f"{address} was never fetched, and --offline fetches nothing")


def cache_folder() -> Path:
    """Return where fetched schemas are kept (XDG Base Directory Specification)."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if named.startswith("/") else Path.home() / ".cache") / "dragoman" / "schemas"


def schema_text(fetched: Fetched, address: str) -> bytes:
    """Return a schema that was fetched.

    Raises:
        CannotCheckError: it is something else.
    """
    try:
        root = etree.fromstring(fetched.body, etree.XMLParser(no_network=True, resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if fetched.status != 200 or root is None or root.tag != f"{{{_XSD}}}schema":
        what = "no XML" if root is None else f"the element {root.tag!s}"
        raise CannotCheckError(f"{address} gave no schema, but HTTP status {fetched.status} and {what}")
    return fetched.body


def _file_name(address: str) -> str:
    """Return a name that people recognise and that no two addresses share."""
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", address)[-100:]
    return f"{hashlib.sha256(address.encode()).hexdigest()[:16]}-{readable}"
