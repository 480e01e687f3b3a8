"""The official XML Schemas, out of a folder with a catalog."""

from pathlib import Path
from typing import Any

from lxml import etree

CATALOG = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
OURS = Path(__file__).parents[1] / "mappings" / "schemas"
FORMATS = {
    "oai_dc": "oai-pmh/oai_dc.xsd",
    "mods": "mods/mods-3-8.xsd",
    "oai_dcterms": str(OURS / "qualifieddc.xsd"),
    "edm": "edm/EDM.xsd",
    "marc21": "marc/MARC21slim.xsd",
    "oai_datacite": "datacite/kernel-4.7/metadata.xsd",
}
"""Each format's official schema, or the one that we serve."""


class Schemas:
    """Compiles a schema by its path in the folder, once. What schemas import is found there too, never on the web."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parser = etree.XMLParser(no_network=True)
        self._parser.resolvers.add(_Catalog(folder))
        self._compiled: dict[str, etree.XMLSchema] = {}

    def __call__(self, path: str) -> etree.XMLSchema:
        """Return the schema at a path."""
        if path not in self._compiled:
            self._compiled[path] = etree.XMLSchema(etree.parse(self._folder / path, self._parser))
        return self._compiled[path]


class _Catalog(etree.Resolver):
    """Find what schemas import in the folder."""

    def __init__(self, folder: Path) -> None:
        entries = etree.parse(folder / "catalog.xml").iter(f"{CATALOG}system")
        self._files = {str(entry.get("systemId")): folder / str(entry.get("uri")) for entry in entries}

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ANN401, ARG002
        found = self._files.get(system_url or "")
        return self.resolve_filename(str(found), context) if found else None
