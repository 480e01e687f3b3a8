"""GetRecord (OAI-PMH 2.0, 4.1): one record in one format."""

from records.header import record
from server.library import Library
from server.oai_pmh.arguments import Arguments, shown
from server.oai_pmh.document import Answer
from server.oai_pmh.errors import CannotDisseminateFormat, IdDoesNotExist, OAIErrors


def answer(arguments: Arguments, desk: Library) -> Answer:
    """Return the record, or its tombstone.

    Raises:
        OAIErrors: it is not known, or not in that format.
    """
    identifier, prefix = str(arguments.identifier), str(arguments.metadata_prefix)
    row, time = desk.store.representation(identifier, prefix)
    if row:
        return Answer([b"<GetRecord>", *record(row.header, row.document, row.about), b"</GetRecord>"], time)
    if desk.store.formats(identifier):
        raise OAIErrors([CannotDisseminateFormat(f"this record cannot be given as {prefix}")], time=time)
    raise OAIErrors([IdDoesNotExist(f"identifier: {shown(identifier)} is not known here")], time=time)
