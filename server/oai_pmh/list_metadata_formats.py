"""ListMetadataFormats (OAI-PMH 2.0, 4.4): the formats of the repository, or of one item."""

from mappings.formats import FORMATS
from mappings.iiif import uris
from mappings.metadata_format import MetadataFormat
from records.xml import escaped
from server.library import Library
from server.oai_pmh.arguments import Arguments, shown
from server.oai_pmh.document import Answer
from server.oai_pmh.errors import IdDoesNotExist, NoMetadataFormats, OAIErrors


def answer(arguments: Arguments, desk: Library) -> Answer:
    """Return the formats.

    Raises:
        OAIErrors: the item is not known, or has none.
    """
    formats = FORMATS.values() if arguments.identifier is None else _formats(arguments.identifier, desk)
    body = "".join(_format(form, desk.config.base_url) for form in formats)
    return Answer([f"<ListMetadataFormats>{body}</ListMetadataFormats>".encode()], desk.store.time())


def _formats(identifier: str, desk: Library) -> list[MetadataFormat]:
    known = desk.store.formats(identifier)
    if not known:
        raise OAIErrors([IdDoesNotExist(f"identifier: {shown(identifier)} is not known here")])
    formats = [form for prefix, form in FORMATS.items() if prefix in known]
    if not formats:
        raise OAIErrors([NoMetadataFormats("this item can be given in no format")])
    return formats


def _format(form: MetadataFormat, base_url: str) -> str:
    schema = escaped(uris.schema(base_url, form.schema))
    return (
        f"<metadataFormat><metadataPrefix>{form.prefix}</metadataPrefix><schema>{schema}</schema>"
        f"<metadataNamespace>{form.namespace}</metadataNamespace></metadataFormat>"
    )
