"""What runs the checks: a document, then what it links to, then what that links to, as far as the sample goes."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from server.check.client import Client, Fetched, NoAnswerError
from server.check.findings import CannotCheckError, Finding, Place, Report, Unchecked
from server.check.iiif import discovery, image, links, search, versions
from server.check.iiif.document import Document, read
from server.check.iiif.links import ENOUGH, ORIGIN, Link
from server.check.iiif.services import IMAGE, Service, services
from server.check.iiif.tables import ANSWERED, DOCUMENT, LINKED, judged

COMPRESSED, ACCEPT, HEAD = OTHERWISE = ("iiif-response-compressed", "iiif-response-accept", "iiif-response-head")
"""What is looked at by asking for a document in other ways."""

ADDRESS = "iiif-id-address"

RULES = (*DOCUMENT, *ANSWERED, *OTHERWISE, *LINKED, *image.RULES, *search.RULES)
"""The rules that a document is held to, with what it links to."""

PAGES = 10
"""Pages that are read of a stream of changes to which a link led, so that the links behind it have their turn."""

STOPPED = "the check was stopped before"
NO_OCCASION = "nothing that is linked gave an occasion"
NOT_FOLLOWED = "links are not followed; --links follows them"


@dataclass
class Visit:
    """Judges documents, and follows their links.

    Attributes:
        client: sends the requests.
        sample: how many links are followed; None for all.
        follow: whether any are.
    """

    client: Client
    sample: int | None
    follow: bool
    findings: dict[Finding, None] = field(default_factory=dict)
    unchecked: dict[Unchecked, None] = field(default_factory=dict)
    documents: int = 0
    _tried: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    _followed: int = 0
    _left: int = 0
    _waiting: deque[Link | Service] = field(default_factory=deque)

    def find(self, code: str, places: Iterable[Place] | None) -> None:
        """Take what a check found; None where it had no occasion."""
        if places is not None:
            self._tried.add(code)
            self.findings.update((Finding(code, *place), None) for place in places)

    def fetched(self, url: str, fetched: Fetched) -> None:
        """Judge a document that was fetched, and how it came."""
        document = Document(url, fetched.body, (url, fetched.url))
        self.answered(document.top.where, fetched)
        try:
            self._ask_otherwise(url, document.top.where, fetched)
        except CannotCheckError as error:
            untried = [code for code in OTHERWISE if code not in self._tried]
            self.unchecked.update((Unchecked(code, str(error)), None) for code in untried)
        self.judge(document)

    def _ask_otherwise(self, url: str, where: str, fetched: Fetched) -> None:
        """Ask for a document in the other ways in which it may be asked for."""
        self.find(COMPRESSED, links.compressed(where, self.client.fetch(url, origin=ORIGIN, encoding="gzip")))
        if COMPRESSED not in self._tried:
            self.unchecked[Unchecked(COMPRESSED, "the document is too small to be worth it")] = None
        known = (links.JSON, links.LD_JSON)
        for wanted in known if fetched.media_type in known else ():
            self.find(ACCEPT, links.negotiated(where, wanted, self.client.fetch(url, origin=ORIGIN, accept=wanted)))
        self.find(HEAD, links.without_body(where, fetched, self.client.fetch(url, origin=ORIGIN, head=True)))

    def judge(self, document: Document) -> None:
        """Judge a document, and what it links to."""
        self._seen.update(document.url)
        self._judge(document)
        while self._waiting:
            each = self._waiting.popleft()
            if isinstance(each, Link):
                self._ask(each)
            else:
                self.serve(each)

    def _judge(self, document: Document) -> None:
        """Judge a document, and let wait what it links to: what searches and one image service before all the rest."""
        self.documents += 1
        self._tried.update(DOCUMENT)
        self.findings.update((finding, None) for finding in judged(document))
        if self.follow:
            images = [service for service in services(document) if service.kind == IMAGE]
            searching = [service for service in services(document) if service.kind != IMAGE]
            waiting: list[Link | Service] = [*searching, *images[:1], *links.links(document), *images[1:]]
            for each in waiting:
                self._let_wait(each)

    def _let_wait(self, asked: Link | Service) -> None:
        """Let something wait, if it is new and within the sample."""
        name = asked.address if isinstance(asked, Link) else f"{asked.address} {asked.kind}"
        if name in self._seen:
            return
        self._seen.add(name)
        self._followed += 1
        if self._followed > min(self.sample or self.client.most, self.client.most):
            self._left += 1
        else:
            self._waiting.append(asked)

    def _ask(self, link: Link) -> None:
        try:
            fetched = self.client.fetch(link.address, origin=ORIGIN, enough=None if link.class_named else ENOUGH)
        except NoAnswerError as error:
            self.find("iiif-link-answer", [Place(link.where, "HTTP status 200", str(error))])
        except CannotCheckError as error:
            self.unchecked[Unchecked("iiif-link-answer", str(error))] = None
        else:
            self._look(link, fetched)

    def serve(self, service: Service) -> None:
        """Ask a service."""
        known = image if service.kind == IMAGE else search
        try:
            for code, places in known.look(self.client, service):
                self.find(code, places)
        except CannotCheckError as error:
            self.unchecked[Unchecked(known.ANSWER, str(error))] = None

    def changes(self, url: str, fetched: Fetched, most: int | None) -> None:
        """Judge a stream of changes, and as many of its pages as that."""
        stream = discovery.Stream(self.client, discovery.part(url, fetched), most)
        self.documents += 1 + len(stream.pages)
        for code, check in discovery.STREAM.items():
            try:
                self.find(code, check(stream))
            except CannotCheckError as error:
                self.unchecked[Unchecked(code, str(error))] = None
        if stream.unread:
            whole = ("iiif-discovery-chain", "iiif-discovery-total")
            self.unchecked.update((Unchecked(code, stream.unread), None) for code in whole)

    def _look(self, link: Link, fetched: Fetched) -> None:
        for code, check in LINKED.items():
            self.find(code, check(link, fetched))
        if link.class_named and links.document(link, fetched) == []:
            self._arrive(link, fetched)
        elif link.role == "seeAlso" and _is_stream(fetched):
            self.changes(link.address, fetched, self.sample and min(self.sample, PAGES))

    def _arrive(self, link: Link, fetched: Fetched) -> None:
        """Look at the document that a link led to; one of another version is not judged."""
        try:
            versions.kind(read(fetched.body, link.address), link.address)
        except CannotCheckError as error:
            self.unchecked[Unchecked("iiif-link-document", str(error))] = None
            return
        self.answered(link.address, fetched)
        if link.followed:
            self._judge(Document(link.address, fetched.body, (link.address, fetched.url), main=False))

    def answered(self, name: str, fetched: Fetched) -> None:
        """Look at the answer that brought a document."""
        for code, check in ANSWERED.items():
            self.find(code, check(name, fetched))

    def report(self, target: str, look: Callable[[], None], rules: Sequence[str] = RULES) -> Report:
        """Return what is found by rules when somebody looks, unless somebody stops that (Ctrl-C)."""
        stopped = False
        try:
            look()
        except KeyboardInterrupt:
            stopped = True
        if self._left:
            left = f"{self._left} links beyond the sample were not followed; --all follows all"
            self.unchecked[Unchecked("iiif-link-answer", left)] = None
        told = self._tried | {each.code for each in self.unchecked}
        rules = [*rules, *(code for code in discovery.STREAM if code in told and code not in rules)]
        untried = [Unchecked(code, self._reason(code, stopped)) for code in rules if code not in told]
        unchecked = [*self.unchecked, *untried]
        return Report(
            target, rules, list(self.findings), unchecked, self.client.sent, self.documents, "document", stopped
        )

    def _reason(self, code: str, stopped: bool) -> str:  # noqa: FBT001 - whether somebody stopped the check
        """Return why a rule was not tried."""
        if stopped or not self.follow:
            return STOPPED if stopped else NOT_FOLLOWED
        kinds = {image.RULES: "image", search.RULES: "search"}
        kind = next((kind for rules, kind in kinds.items() if code in rules), None)
        return f"no {kind} service that is named gave an occasion" if kind else NO_OCCASION


def _is_stream(fetched: Fetched) -> bool:
    """Whether an answer is a stream of changes."""
    try:
        return fetched.status == 200 and versions.kind(read(fetched.body, "it"), "it") == versions.DISCOVERY
    except CannotCheckError:
        return False


def check_fetched(client: Client, url: str, fetched: Fetched, *, sample: int | None, follow: bool) -> Report:
    """Return what was found in a document of IIIF that was fetched, a stream of changes or the description of an image.

    Args:
        client: what fetched it.
        url: its address.
        fetched: the answer.
        sample: how many links are followed; None for all.
        follow: whether any are.

    Raises:
        CannotCheckError: it is no document of a version that is checked.
    """
    if fetched.status != 200:
        raise CannotCheckError(f"{url} was answered with HTTP status {fetched.status}; give the address of a document")
    root = read(fetched.body, url)
    kind, visit = versions.kind(root, url), Visit(client, sample, follow)
    if kind == versions.DISCOVERY:
        return visit.report(url, lambda: visit.changes(url, fetched, sample), tuple(discovery.STREAM))
    if kind == versions.IMAGE:
        service = image.described(url, root)
        return visit.report(url, lambda: visit.serve(service), image.RULES)
    return visit.report(url, lambda: visit.fetched(url, fetched))


def check_file(client: Client, path: Path, *, sample: int | None, follow: bool) -> Report:
    """Return what was found in a document of IIIF in a file.

    Args:
        client: what fetches what it links to.
        path: the file.
        sample: how many links are followed; None for all.
        follow: whether any are.

    Raises:
        CannotCheckError: the file cannot be read, or holds no document of a version that is checked.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise CannotCheckError(f"{path} cannot be read: {error.strerror}") from None
    if versions.kind(read(body, str(path)), str(path)) != versions.PRESENTATION:
        raise CannotCheckError(
            f"{path} is no manifest and no collection; give its address, so that what it names is asked"
        )
    visit = Visit(client, sample, follow)
    visit.unchecked[Unchecked(ADDRESS, "the document is in a file")] = None
    return visit.report(str(path), lambda: visit.judge(Document(str(path), body)))
