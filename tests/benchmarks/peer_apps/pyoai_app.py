"""The maintained pyoai (`oaipmh` on PyPI) as a WSGI application over the table of the peers."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from oaipmh import common, metadata, server
from records_of_peers import NAMESPACE, PAGE, SCHEMA, Held, page

TABLE = Path(os.environ["PEER_TABLE"])


class _Provider:
    def identify(self) -> Any:  # noqa: ANN401 - the library's classes have no types
        return common.Identify(
            repositoryName="Peer",
            baseURL="http://127.0.0.1/oai",
            protocolVersion="2.0",
            adminEmails=["admin@example.org"],
            earliestDatestamp=datetime(2000, 1, 1, tzinfo=UTC),
            deletedRecord="no",
            granularity="YYYY-MM-DDThh:mm:ssZ",
            compression=["identity"],
        )

    def listMetadataFormats(self, identifier: str | None = None) -> list[tuple[str, str, str]]:  # noqa: N802, ARG002
        return [("oai_dc", SCHEMA, NAMESPACE)]

    def listRecords(self, *, cursor: int, batch_size: int, **_selection: object) -> list[Any]:  # noqa: N802
        return [_record(held) for held in page(TABLE, cursor, batch_size)]


def _record(held: Held) -> tuple[Any, Any, None]:
    stamp = datetime.fromisoformat(held.datestamp).replace(tzinfo=None)
    header = common.Header(None, held.identifier, stamp, held.sets, deleted=False)
    return header, common.Metadata(None, held.values), None


registry = metadata.MetadataRegistry()
registry.registerWriter("oai_dc", server.oai_dc_writer)
endpoint = server.BatchingServer(_Provider(), metadata_registry=registry, resumption_batch_size=PAGE)
app = Flask(__name__)


@app.route("/oai")
def oai() -> Response:
    """Answer a harvester."""
    return Response(endpoint.handleRequest(request.args.to_dict()), mimetype="text/xml")
