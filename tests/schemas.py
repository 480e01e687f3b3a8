"""The official XML Schemas, out of a folder with a catalog."""

from pathlib import Path

from lxml import etree

from server.check.schemas import Catalog, Resolver, parser

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
        self._parser = parser(Resolver(Catalog(folder)))
        self._compiled: dict[str, etree.XMLSchema] = {}

    def __call__(self, path: str) -> etree.XMLSchema:
        """Return the schema at a path."""
        if path not in self._compiled:
            self._compiled[path] = etree.XMLSchema(etree.parse(self._folder / path, self._parser))
        return self._compiled[path]
