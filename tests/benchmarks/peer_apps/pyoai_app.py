"""The maintained pyoai (`oaipmh` on PyPI) as a WSGI application over the table of the peers."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from oaipmh import common, error, metadata, server
from records_of_peers import NAMESPACE, PAGE, SCHEMA, Held, Selection, held, page, sets

TABLE = Path(os.environ["PEER_TABLE"])


class _Provider:
    def identify(self) -> Any:  # noqa: ANN401 - the library's classes have no types
        return common.Identify(
            repositoryName="Peer",
            baseURL=request.base_url,
            protocolVersion="2.0",
            adminEmails=["admin@example.org"],
            earliestDatestamp=datetime(2000, 1, 1),  # noqa: DTZ001 - the library takes no zone
            deletedRecord="no",
            granularity="YYYY-MM-DDThh:mm:ssZ",
            compression=["identity"],
        )

    def listMetadataFormats(self, identifier: str | None = None) -> list[tuple[str, str, str]]:  # noqa: N802
        if identifier is not None:
            _held(identifier)
        return [("oai_dc", SCHEMA, NAMESPACE)]

    def getRecord(self, *, metadataPrefix: str, identifier: str) -> tuple[Any, Any, None]:  # noqa: N802, N803
        return _record(_format(metadataPrefix, _held(identifier)))

    def listRecords(self, *, metadataPrefix: str, **selected: Any) -> list[Any]:  # noqa: ANN401, N802, N803
        return [_record(_format(metadataPrefix, each)) for each in _page(**selected)]

    def listIdentifiers(self, *, metadataPrefix: str, **selected: Any) -> list[Any]:  # noqa: ANN401, N802, N803
        return [_record(_format(metadataPrefix, each))[0] for each in _page(**selected)]

    def listSets(self, *, cursor: int, batch_size: int) -> list[tuple[str, str, None]]:  # noqa: N802
        return [(spec, spec, None) for spec in sets(TABLE)[cursor : cursor + batch_size]]


def _held(identifier: str) -> Held:
    found = held(TABLE, identifier)
    if found is None:
        raise error.IdDoesNotExistError(identifier)
    return found


def _format(prefix: str, found: Held) -> Held:
    if prefix != "oai_dc":
        raise error.CannotDisseminateFormatError(prefix)
    return found


def _page(
    cursor: int, batch_size: int, from_: datetime | None = None, until: datetime | None = None, **given: str
) -> list[Held]:
    first, last = f"{from_.isoformat()}Z" if from_ else "", f"{until.isoformat()}Z" if until else "9999"
    found: list[Held] = page(TABLE, cursor, batch_size, Selection(first, last, given.get("set")))
    return found


def _record(record: Held) -> tuple[Any, Any, None]:
    stamp = datetime.fromisoformat(record.datestamp).replace(tzinfo=None)
    header = common.Header(None, record.identifier, stamp, record.sets, deleted=False)
    return header, common.Metadata(None, record.values), None


registry = metadata.MetadataRegistry()
registry.registerWriter("oai_dc", server.oai_dc_writer)
endpoint = server.BatchingServer(_Provider(), metadata_registry=registry, resumption_batch_size=PAGE)
app = Flask(__name__)


@app.route("/oai", methods=["GET", "POST"])
def oai() -> Response:
    """Answer a harvester."""
    return Response(endpoint.handleRequest(request.values.to_dict()), mimetype="text/xml")
