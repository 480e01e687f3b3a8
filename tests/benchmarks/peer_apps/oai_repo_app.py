"""oai_repo as a WSGI application over the table of the peers; its methods for many records at once are used."""

import os
from pathlib import Path
from typing import Any

import oai_repo
from flask import Flask, Response, request
from lxml import etree
from records_of_peers import DC, NAMESPACE, PAGE, SCHEMA, Held, page, size

TABLE = Path(os.environ["PEER_TABLE"])


class _Data(oai_repo.DataInterface):  # type: ignore[misc] # the library is not here when this is checked
    limit = PAGE
    held: dict[str, Held]

    def get_metadata_formats(self, identifier: str | None = None) -> list[Any]:  # noqa: ARG002
        return [oai_repo.MetadataFormat("oai_dc", SCHEMA, NAMESPACE)]

    def get_identify(self) -> Any:  # noqa: ANN401 - the library's classes have no types
        return oai_repo.Identify(
            "Peer", "http://127.0.0.1/oai", ["admin@example.org"], "2000-01-01T00:00:00Z", "no", "YYYY-MM-DDThh:mm:ssZ"
        )

    def list_identifiers(self, *_selection: object, **given: object) -> tuple[list[str], int, None]:
        cursor = given.get("cursor", _selection[4] if len(_selection) > 4 else 0)
        self.held = {held.identifier: held for held in page(TABLE, int(str(cursor)))}
        return list(self.held), size(TABLE), None

    def get_records_header(self, identifiers: list[str]) -> list[Any]:
        found = [self.held[identifier] for identifier in identifiers]
        return [oai_repo.RecordHeader(held.identifier, held.datestamp, held.sets) for held in found]

    def get_records_metadata(self, identifiers: list[str], _prefix: str) -> list[Any]:
        return [_dublin_core(self.held[identifier]) for identifier in identifiers]

    def get_records_abouts(self, identifiers: list[str]) -> list[list[Any]]:
        return [[] for _each in identifiers]


def _dublin_core(held: Held) -> Any:  # noqa: ANN401 - an element
    root = etree.Element(f"{{{NAMESPACE}}}dc", nsmap={"oai_dc": NAMESPACE, "dc": DC})
    for name, values in held.values.items():
        for value in values:
            etree.SubElement(root, f"{{{DC}}}{name}").text = value
    return root


app = Flask(__name__)


@app.route("/oai")
def oai() -> Response:
    """Answer a harvester."""
    answer = oai_repo.OAIRepository(_Data()).process(request.args.to_dict())
    return Response(bytes(answer), mimetype="text/xml")
