"""ListSets (OAI-PMH 2.0, 4.6): the sets, which mirror the archive's collections. The list is served whole."""

from records.store import SetRow
from records.xml import escaped
from server.library import Library
from server.oai_pmh import descriptions
from server.oai_pmh.arguments import Arguments
from server.oai_pmh.document import Answer
from server.oai_pmh.errors import BadResumptionToken, NoSetHierarchy, OAIErrors


def answer(arguments: Arguments, desk: Library) -> Answer:
    """Return all sets, those above before those below.

    Raises:
        OAIErrors: there is no set, or a token is sent: none is ever given out here.
    """
    if arguments.resumption_token is not None:
        raise OAIErrors([BadResumptionToken("resumptionToken: ListSets gives none out; ask without one")])
    time = desk.store.time()
    sets = desk.store.sets()
    if not sets:
        raise OAIErrors([NoSetHierarchy("this repository holds no sets yet")], time=time)
    return Answer([f"<ListSets>{''.join(map(_set, sets))}</ListSets>".encode()], time)


def _set(row: SetRow) -> str:
    title = row.collection.title if row.collection else row.spec
    description = descriptions.of_collection(row.collection) if row.collection else ""
    described = f"<setDescription>{description}</setDescription>" if description else ""
    return f"<set><setSpec>{row.spec}</setSpec><setName>{escaped(title)}</setName>{described}</set>"
