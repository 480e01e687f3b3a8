"""The page of a record."""

from flask import Response

from mappings import rights
from mappings.description import description
from mappings.formats import FORMATS
from mappings.iiif import uris
from mappings.languages import language_name
from mappings.repository import Repository
from records.model import Record
from server.iiif import known
from server.library import library
from server.pages import viewer
from server.pages.direction import direction
from server.pages.front import trail
from server.pages.page import page


def record_page(identifier: str) -> Response:
    """Return the page of a record: all that is stated of it, its text, and where it is found in other forms."""
    record, repository = known.record(identifier), library().repository()
    manifest = uris.manifest(repository, record)
    return page(
        "record.html",
        record=record,
        rows=description(record, repository),
        rights_statement=rights.statement(record),
        rights_uri=rights.uri(record),
        rights_label=rights.label,
        acknowledgments=rights.acknowledgments(record),
        direction=direction,
        language_name=language_name,
        address=uris.record_page(repository, record),
        trails=[trail(spec, repository) for spec in record.collections],
        images=_images(record, repository),
        documents=_documents(record, repository),
        explorer=uris.explorer(repository.base_url, uris.asked_record(repository, record, "oai_dc")),
        texts=[uris.text(repository, record, place) for place, _text in enumerate(record.texts, 1)],
        manifest=manifest,
        viewer=uris.viewer(repository, manifest) if manifest else None,
        other_viewers=viewer.others(manifest) if manifest else [],
        out_of_reach=viewer.out_of_reach(library().config.base_url),
    )


def _images(record: Record, repository: Repository) -> list[tuple[str, str, str]]:
    """Return the small image, the description and the label of each page that is a file here."""
    return [
        (uris.thumbnail(repository, record, place), image.description or "", image.label or f"Page {place}")
        for place, image in enumerate(record.pages, 1)
        if image.file
    ]


def _documents(record: Record, repository: Repository) -> list[tuple[str, str, str]]:
    """Return the title, the address and the OAI-PMH request of each format that the record fills."""
    found = {prefix: library().store.document(record.identifier, prefix) for prefix in FORMATS}
    return [
        (form.title, uris.document(repository, record, prefix), uris.get_record(repository, record, prefix))
        for prefix, form in FORMATS.items()
        if (row := found[prefix]) and row.document is not None
    ]
