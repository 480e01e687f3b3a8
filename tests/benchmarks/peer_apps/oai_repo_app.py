"""oai_repo as a WSGI application over the table of the peers; its methods for many records at once are used."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import oai_repo
from flask import Flask, Response, request
from lxml import etree
from records_of_peers import DC, NAMESPACE, PAGE, SCHEMA, Held, Selection, held, page, sets, size

TABLE = Path(os.environ["PEER_TABLE"])


class _Data(oai_repo.DataInterface):  # type: ignore[misc] # the library is not here when this is checked
    limit = PAGE
    held: dict[str, Held]

    def get_metadata_formats(self, identifier: str | None = None) -> list[Any]:  # noqa: ARG002
        return [oai_repo.MetadataFormat("oai_dc", SCHEMA, NAMESPACE)]

    def get_identify(self) -> Any:  # noqa: ANN401 - the library's classes have no types
        return oai_repo.Identify(
            "Peer", request.base_url, ["admin@example.org"], "2000-01-01T00:00:00Z", "no", "YYYY-MM-DDThh:mm:ssZ"
        )

    def is_valid_identifier(self, identifier: str) -> bool:
        found = held(TABLE, identifier)
        self.held = {identifier: found} if found else {}
        return found is not None

    def list_set_specs(self, identifier: str | None = None, cursor: int = 0) -> tuple[list[str], int, None]:  # noqa: ARG002
        return sets(TABLE)[cursor : cursor + PAGE], len(sets(TABLE)), None

    def get_set(self, spec: str) -> Any:  # noqa: ANN401 - as above
        return oai_repo.Set(spec, spec, []) if spec in sets(TABLE) else None

    def list_identifiers(
        self,
        _prefix: str,
        filter_from: datetime | None = None,
        filter_until: datetime | None = None,
        filter_set: str | None = None,
        cursor: int = 0,
    ) -> tuple[list[str], int, None]:
        selection = Selection(_stamp(filter_from, ""), _stamp(filter_until, "9999"), filter_set)
        self.held = {each.identifier: each for each in page(TABLE, cursor, PAGE, selection)}
        return list(self.held), size(TABLE, selection), None

    def get_records_header(self, identifiers: list[str]) -> list[Any]:
        found = [self.held[identifier] for identifier in identifiers]
        return [oai_repo.RecordHeader(each.identifier, each.datestamp, each.sets) for each in found]

    def get_records_metadata(self, identifiers: list[str], _prefix: str) -> list[Any]:
        return [_dublin_core(self.held[identifier]) for identifier in identifiers]

    def get_records_abouts(self, identifiers: list[str]) -> list[list[Any]]:
        return [[] for _each in identifiers]


def _stamp(date: datetime | None, without: str) -> str:
    return without if date is None else date.strftime("%Y-%m-%dT%H:%M:%SZ")


def _dublin_core(record: Held) -> Any:  # noqa: ANN401 - an element
    root = etree.Element(f"{{{NAMESPACE}}}dc", nsmap={"oai_dc": NAMESPACE, "dc": DC})
    for name, values in record.values.items():
        for value in values:
            etree.SubElement(root, f"{{{DC}}}{name}").text = value
    return root


app = Flask(__name__)


@app.route("/oai", methods=["GET", "POST"])
def oai() -> Response:
    """Answer a harvester."""
    answer = oai_repo.OAIRepository(_Data()).process(request.values.to_dict())
    return Response(bytes(answer), mimetype="text/xml")
