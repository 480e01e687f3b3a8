"""A page of ListRecords or ListIdentifiers: out of a selection or a token, with the token to the next page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from records.store import Row, Selection, Store, Stretch, Window
from server.library import Library
from server.oai_pmh.arguments import Arguments, shown
from server.oai_pmh.document import Answer, Page
from server.oai_pmh.errors import BadResumptionToken, NoRecordsMatch, NoSetHierarchy, OAIErrors
from server.oai_pmh.resumption_token import ResumptionToken, parse


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a list: behind `after`, with `cursor` records served."""

    selection: Selection
    after: int = 0
    cursor: int = 0
    size: int | None = None


def answer(
    arguments: Arguments, desk: Library, *, written: Callable[[Row], Iterable[bytes]], documents: bool
) -> Answer:
    """Return a page of a list.

    Args:
        arguments: the request.
        desk: settings and store.
        written: a row as XML, in pieces.
        documents: whether the rows need their documents.

    Raises:
        OAIErrors: nothing matches, or the token is not ours.
    """
    place = _place(arguments)
    limit = desk.config.page_size
    window = desk.store.window(
        place.selection,
        after=place.after,
        limit=limit,
        documents=documents,
        count=place.size is None,
        form=("packed" if arguments.packed else "plain") if documents else None,
    )
    if not window.count:
        window = _nothing_left(desk.store, place, window, documents=documents)
    pieces: list[bytes | Stretch] = []
    for part in window.parts:
        if isinstance(part, Stretch):
            pieces.append(part if arguments.packed else part.content)
        else:
            pieces += written(part)
    opening, closing = f"<{arguments.verb}>".encode(), f"</{arguments.verb}>".encode()
    page = Page(place.selection, place.cursor, window.count, window.more)
    return Answer([opening, *pieces, _token(arguments.verb, place, window), closing], window.time, page)


def _place(arguments: Arguments) -> _Place:
    if arguments.resumption_token is not None:
        token = parse(arguments.resumption_token, arguments.verb)
        return _Place(token.selection, token.after, token.cursor, token.size)
    prefix = str(arguments.metadata_prefix)
    return _Place(Selection(prefix, arguments.set_spec, arguments.start, arguments.until))


def _nothing_left(store: Store, place: _Place, window: Window, *, documents: bool) -> Window:
    """Return what stands for a page without records: no list may be empty.

    At the beginning of a list that is an error. Behind it, what was left has moved away: the last record that was
    served is served once more.
    """
    if place.size is None:
        raise OAIErrors([_no_match(store, place.selection)], time=window.time)
    last = store.served_last(place.selection.format, place.after, documents=documents)
    if last is None:
        raise OAIErrors([BadResumptionToken("resumptionToken: the store was made anew; begin the list again")])
    return Window((last,), more=False, time=window.time)


def _no_match(store: Store, selection: Selection) -> NoRecordsMatch | NoSetHierarchy:
    if selection.set_spec is not None and selection.set_spec not in (specs := store.set_specs()):
        if not specs:
            return NoSetHierarchy("this repository holds no sets yet")
        return NoRecordsMatch(f"set: {shown(selection.set_spec)} is no set of this repository; see ListSets")
    return NoRecordsMatch("no record matches these arguments")


def _token(verb: str, place: _Place, window: Window) -> bytes:
    """Return the resumptionToken element: none for a list served whole, an empty one that closes a list."""
    if not window.more and place.cursor == 0:
        return b""
    served = place.cursor + window.count
    size = max(place.size or window.size or 0, served + window.more)
    attributes = f'completeListSize="{size}" cursor="{place.cursor}"'
    if not window.more:
        return f"<resumptionToken {attributes}/>".encode()
    token = ResumptionToken(verb, place.selection, window.last, served, size)
    return f"<resumptionToken {attributes}>{token}</resumptionToken>".encode()
