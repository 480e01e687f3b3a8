"""The official XML Schemas, out of a folder with a catalog (OASIS XML Catalogs 1.1). Nothing is fetched."""

from pathlib import Path
from typing import Any

from lxml import etree

from server.check.findings import CannotCheckError

CATALOG = "catalog.xml"
_SYSTEM = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}system"
_XSD = "http://www.w3.org/2001/XMLSchema"


class Schemas:
    """Compiles schemas by their published addresses, each once; what they import is found in the folder too.

    Args:
        folder: where the schemas are, and the catalog that tells which is which.

    Raises:
        CannotCheckError: there is no catalog that can be read.
    """

    def __init__(self, folder: Path) -> None:
        try:
            entries = etree.parse(folder / CATALOG).iter(_SYSTEM)
        except (OSError, etree.XMLSyntaxError) as error:
            raise CannotCheckError(f"the schemas' {CATALOG} in {folder} cannot be read: {error}") from None
        self._files = {str(entry.get("systemId")): folder / str(entry.get("uri")) for entry in entries}
        self._parser = etree.XMLParser(no_network=True)
        self._parser.resolvers.add(_Resolver(self._files))
        self._compiled: dict[tuple[tuple[str, str], ...], etree.XMLSchema] = {}

    def importing(self, *pairs: tuple[str, str]) -> etree.XMLSchema:
        """Return one schema for pairs of a namespace and the published address of its schema.

        Raises:
            CannotCheckError: the catalog lacks one, or it is no schema.
        """
        if pairs not in self._compiled:
            self._compiled[pairs] = self._compile(pairs)
        return self._compiled[pairs]

    def _compile(self, pairs: tuple[tuple[str, str], ...]) -> etree.XMLSchema:
        for _namespace, address in pairs:
            if address not in self._files:
                raise CannotCheckError(f"the schemas' {CATALOG} does not name {address}; add it to check these")
        root = etree.fromstring(f'<xs:schema xmlns:xs="{_XSD}"/>', self._parser)
        for namespace, address in pairs:
            etree.SubElement(root, f"{{{_XSD}}}import", namespace=namespace, schemaLocation=address)
        try:
            return etree.XMLSchema(root)
        except etree.XMLSchemaParseError as error:
            raise CannotCheckError(f"the schema {pairs[-1][1]} cannot be used: {error}") from None


class _Resolver(etree.Resolver):
    """Find what schemas import in the folder."""

    def __init__(self, files: dict[str, Path]) -> None:
        self._files = files

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ANN401, ARG002
        found = self._files.get(system_url or "")
        return self.resolve_filename(str(found), context) if found else None
