"""What is fetched of an endpoint: each thing once, and shared by all checks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlencode

from server.check.client import Client
from server.check.findings import CannotCheckError
from server.check.oai_pmh.answer import Answer, Header, Pairs, Token
from server.check.oai_pmh.dates import SECONDS
from server.check.oai_pmh.headers import Headers

IDENTIFY = (("verb", "Identify"),)
FORMATS = (("verb", "ListMetadataFormats"),)
SETS = (("verb", "ListSets"),)
LISTS = ("ListIdentifiers", "ListRecords")


class NothingToCheckError(CannotCheckError):
    """The endpoint offers nothing that a rule could be tried on."""


@dataclass(frozen=True)
class ListPage:
    """What stays of a page of a list when it has been read: where it was, its number of headers, its token."""

    where: str
    count: int
    token: Token | None


@dataclass(frozen=True)
class Listing:
    """A list, as far as it was read.

    Attributes:
        verb: what lists it.
        begun: the responseDate of its first page.
        pages: what was read.
        headers: all headers, in their order.
        complete: whether it was read to its end.
        looped: the token that came twice, where there is one; then the list never ends.
    """

    verb: str
    begun: str
    pages: list[ListPage]
    headers: Headers
    complete: bool
    looped: str | None = None


@dataclass
class Survey:
    """An endpoint, and what was fetched of it.

    Attributes:
        client: sends the requests.
        url: the endpoint.
        prefix: the metadataPrefix whose records are looked at.
        set_spec: the set that is looked at; None for the whole.
        sample: how many records of a list are looked at; None for all.
        watch: is told of each answer as it comes.
    """

    client: Client
    url: str
    prefix: str = "oai_dc"
    set_spec: str | None = None
    sample: int | None = 100
    watch: Callable[[Answer], None] = field(default=lambda _answer: None)
    unread: ClassVar[str] = "the list is longer than the sample; --all reads it to its end"

    def has(self, *_asked: tuple[str, str]) -> bool:
        """Whether a request can have an answer: of an endpoint, each can."""
        return True

    def known_lists(self, *_names: str) -> Sequence[Pairs]:
        """Return the requests of lists with one of these arguments whose answers are there already."""
        return ()

    def ask(self, *asked: tuple[str, str], encoding: str = "identity") -> Answer:
        """Return the answer to a GET request. Raises as `Client.fetch`."""
        return self._seen(Answer(asked, self.client.fetch(self._address(asked), encoding=encoding), accepted=encoding))

    def post(self, *asked: tuple[str, str]) -> Answer:
        """Return the answer to a POST request. Raises as `Client.fetch`."""
        return self._seen(Answer(asked, self.client.fetch(self.url, form=dict(asked)), "POST"))

    def _address(self, asked: Pairs) -> str:
        return f"{self.url}?{urlencode(asked)}" if asked else self.url

    def _seen(self, answer: Answer) -> Answer:
        self.watch(answer)
        return answer

    @cached_property
    def identify(self) -> Answer:
        """The answer to Identify."""
        return self.ask(*IDENTIFY)

    @cached_property
    def formats(self) -> Answer:
        """The answer to ListMetadataFormats."""
        return self.ask(*FORMATS)

    @cached_property
    def sets(self) -> list[Answer]:
        """The pages of ListSets. As many as the sample has records, at most."""
        pages, tokens = [self.ask(*SETS)], {""}
        while (token := pages[-1].token) and token.text not in tokens and len(pages) < (self.sample or 1000):
            tokens.add(token.text)
            pages.append(self.ask(*SETS, ("resumptionToken", token.text)))
        return pages

    @property
    def set_specs(self) -> list[str]:
        """The setSpec of each set."""
        return [spec for page in self.sets for spec in page.texts("ListSets/set/setSpec")]

    @property
    def granularity(self) -> str | None:
        """The granularity that the endpoint says it has; seconds where it says none."""
        return self.stated("granularity") or SECONDS

    def stated(self, name: str) -> str | None:
        """Return what Identify says under a name."""
        return next(iter(self.identify.texts(f"Identify/{name}")), None)

    def selection(self, verb: str, **dates: str) -> Pairs:
        """Return the arguments of a list of the format and set that are looked at."""
        chosen = [("verb", verb), ("metadataPrefix", self.prefix)]
        return [*chosen, *([("set", self.set_spec)] if self.set_spec else []), *dates.items()]

    @cached_property
    def identifiers(self) -> Listing:
        """The list of ListIdentifiers, as far as the sample goes."""
        return self._listing(self.selection("ListIdentifiers"))

    @cached_property
    def records(self) -> Listing:
        """The list of ListRecords, as far as the sample goes."""
        return self._listing(self.selection("ListRecords"))

    @property
    def listings(self) -> Sequence[Listing]:
        """The lists that are looked at, one by one."""
        return self.identifiers, self.records

    def prefix_of(self, answer: Answer) -> str | None:
        """Return the metadataPrefix that an answer is in; None where that is not known."""
        return dict(answer.asked).get("metadataPrefix", self.prefix)

    def _listing(self, asked: Pairs) -> Listing:
        verb, answer = dict(asked)["verb"], self.usable(*asked)
        begun = next(iter(answer.texts("responseDate")), "")
        headers, tokens = Headers(), set[str]()
        pages, read = [_page(answer, headers)], len(answer.headers)
        while (token := pages[-1].token) and token.text:
            if token.text in tokens:
                return Listing(verb, begun, pages, headers, complete=False, looped=token.text)
            following = (("verb", verb), ("resumptionToken", token.text))
            enough = self.sample is not None and (read >= self.sample or len(pages) >= self.sample)
            if enough or not self.has(*following):
                return Listing(verb, begun, pages, headers, complete=False)
            tokens.add(token.text)
            pages.append(_page(self.usable(*following), headers))
            read += pages[-1].count
        return Listing(verb, begun, pages, headers, complete=True)

    def usable(self, *asked: tuple[str, str]) -> Answer:
        """Return an answer without errors.

        Raises:
            CannotCheckError: it has errors, or is no OAI-PMH.
        """
        answer = self.ask(*asked)
        if not answer.sound:
            codes = " and ".join(answer.error_codes)
            what = f"the error {codes}" if codes else f"HTTP status {answer.fetched.status} and no OAI-PMH"
            raise CannotCheckError(f"{answer.where} was answered by {what}")
        return answer

    @property
    def headers(self) -> Headers:
        """The headers of the list of most records that was read; none where none could be."""
        read = (self.__dict__.get("identifiers"), self.__dict__.get("records"))  # without reading what was not
        listed = (each.headers for each in read if isinstance(each, Listing))
        return max(listed, key=lambda headers: headers.records, default=Headers())

    @property
    def live(self) -> Header:
        """The first record of the list that is not deleted.

        Raises:
            NothingToCheckError: there is none.
        """
        live = self.identifiers.headers.live
        if live is None:
            raise NothingToCheckError("the list holds no record that is not deleted")
        return live

    def current(self, identifier: str) -> Header:
        """Return the header of a record as it is now; as deleted where it can no longer be had."""
        asked = (("verb", "GetRecord"), ("identifier", identifier), ("metadataPrefix", self.prefix))
        return next(iter(self.ask(*asked).headers), Header(identifier, "", (), deleted=True))


def _page(answer: Answer, headers: Headers) -> ListPage:
    headers.add(answer.headers)
    return ListPage(answer.where, len(answer.headers), answer.token)
