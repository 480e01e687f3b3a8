"""Each fault of the faulty provider, under the code of the rule that it breaks: it must raise that, and no other."""

import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from server.check.oai_pmh.refusals import NOWHERE
from tests.server.check.faulty import Exchange, Fault, Pairs

FIFTH = "oai:archive.example.org:letter-5"
"""A record of the second page of each list."""


def _in(verb: str, pattern: str, new: str, *, where: Callable[[Exchange], bool] = lambda _: True) -> Fault:
    """Return a fault that replaces a pattern in the answers to a verb (a pattern; "" for all)."""

    def answer(exchange: Exchange) -> None:
        if re.fullmatch(verb or ".*", exchange.verb) and where(exchange):
            exchange.change(pattern, new)

    return Fault(answer=answer)


def _refusing(code: str, where: Callable[[Exchange], bool]) -> Fault:
    def answer(exchange: Exchange) -> None:
        if where(exchange):
            exchange.refuse(code)

    return Fault(answer=answer)


def _understood(change: Callable[[dict[str, str]], dict[str, str]]) -> Fault:
    """Return a fault that understands arguments otherwise; of repeated ones it takes the last."""

    def ask(pairs: Pairs) -> Pairs:
        found = change(dict(pairs))
        return list(found.items()) if found != dict(pairs) else pairs

    return Fault(ask=ask)


def _tolerating(name: str, *, beside: str) -> Fault:
    """Return a fault that takes no notice of an argument that stands beside another one."""
    return _understood(lambda given: {key: value for key, value in given.items() if key != name or beside not in given})


def _taking_last(name: str) -> Fault:
    """Return a fault that takes the last of repeated arguments."""
    return Fault(ask=lambda pairs: list(dict(pairs).items()) if [key for key, _ in pairs].count(name) > 1 else pairs)


def _resumed(exchange: Exchange) -> bool:
    return "resumptionToken" in exchange.given


def _set_header(name: str, value: str) -> Fault:
    return Fault(answer=lambda exchange: (exchange.headers or {}).update({name: value}))


def _http_status(exchange: Exchange) -> None:
    exchange.status = 422 if b"<error" in exchange.body else 200


def _busy_once(exchange: Exchange) -> None:
    if exchange.verb == "ListSets" and not exchange.earlier:
        exchange.status = 503


def _compress_unasked(exchange: Exchange) -> None:
    exchange.gzip = exchange.gzip or exchange.verb == "ListSets"


def _another_when_compressed(exchange: Exchange) -> None:
    if exchange.gzip:
        exchange.change("<repositoryName>", "<repositoryName>Not ")


def _latin_1(exchange: Exchange) -> None:
    if exchange.verb == "ListSets":
        exchange.body = exchange.body.decode().replace("UTF-8", "ISO-8859-1", 1).encode("latin-1")


def _day_granularity(exchange: Exchange) -> None:
    exchange.change("YYYY-MM-DDThh:mm:ssZ</granularity>", "YYYY-MM-DD</granularity>")
    exchange.change(r"(<(?:earliestD|d)atestamp>.{10})[^<]*", r"\1")


def _seconds_dropped(given: dict[str, str]) -> dict[str, str]:
    return {name: value[:10] if name == "from" and value.endswith("Z") else value for name, value in given.items()}


def _without_fifth(exchange: Exchange) -> None:
    if exchange.verb == "ListRecords":
        exchange.change(r"<record><header><identifier>\S*letter-5<.*?</record>", "")
        exchange.change('cursor="6"', 'cursor="5"')


def _first_lost_when_asked_again(exchange: Exchange) -> None:
    if exchange.verb == "ListIdentifiers" and _resumed(exchange) and exchange.earlier % 2:
        exchange.change(r"<header>.*?</header>", "", count=1)


def _same_token(exchange: Exchange) -> None:
    if exchange.verb == "ListIdentifiers" and _resumed(exchange):
        token = escape(exchange.given["resumptionToken"])
        exchange.change(r"(<resumptionToken[^>]*[^/]>)[^<]+<", rf"\g<1>{token}<")


def _nothing_exact(exchange: Exchange) -> bool:
    return "T" in exchange.given.get("from", "") and exchange.given.get("from") == exchange.given.get("until")


def _nothing_of_day(exchange: Exchange) -> bool:
    date = exchange.given.get("from", "")
    return len(date) == 10 and date == exchange.given.get("until")


def _unknown_format(given: dict[str, str]) -> dict[str, str]:
    return {name: "oai_dc" if (name, value) == ("metadataPrefix", NOWHERE) else value for name, value in given.items()}


def _unknown_identifier(given: dict[str, str]) -> dict[str, str]:
    return {name: FIFTH if name == "identifier" and NOWHERE in value else value for name, value in given.items()}


def _invented_token(given: dict[str, str]) -> dict[str, str]:
    if given.get("resumptionToken") != NOWHERE:
        return given
    return {"verb": given["verb"], "metadataPrefix": "oai_dc"}


def _assumed_prefix(given: dict[str, str]) -> dict[str, str]:
    return given | {"metadataPrefix": "oai_dc"} if given == {"verb": "ListRecords"} else given


def _any_date(given: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name != "from" or not value.startswith("2023-02-30")}


def _late_until(given: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name != "until" or "from" in given}


FAULTS: dict[str, Fault] = {
    "oai-http-status": Fault(answer=_http_status),
    "oai-retry-after": Fault(answer=_busy_once),
    "oai-content-type": _set_header("Content-Type", "application/xml; charset=utf-8"),
    "oai-identity": Fault(answer=_compress_unasked),
    "oai-gzip": Fault(answer=_another_when_compressed),
    "oai-post": _refusing("badVerb", lambda exchange: exchange.method == "POST"),
    "oai-utf-8": Fault(answer=_latin_1),
    "oai-characters": _in("GetRecord", "Title", "Ti\x0btle"),
    "oai-well-formed": _in("GetRecord", "</metadata>", ""),
    "oai-namespace": _in("ListSets", 'xmlns="http://www.openarchives.org/OAI/2.0/"', 'xmlns="http://example.org/"'),
    "oai-schema-location": _in("", "OAI/2.0/OAI-PMH.xsd", "OAI/1.1/OAI-PMH.xsd"),
    "oai-schema-answer": _in("ListSets", "</setName>", "</setName><note/>"),
    "oai-response-date": _in("", "Z</responseDate>", ".123Z</responseDate>"),
    "oai-request-url": _in("ListSets", "/oai</request>", "/inside/oai</request>"),
    "oai-request-echo": _in("ListSets", "<request[^>]*>", "<request>"),
    "oai-request-echo-error": _in("", '<request>(.*code="bad)', r'<request verb="Identify">\1'),
    "oai-identify-elements": _in("Identify", "<adminEmail>.*</adminEmail>", ""),
    "oai-identify-order": _in("Identify", "(<deletedRecord>.*)(<granularity>.*</granularity>)", r"\2\1"),
    "oai-identify-version": _in("Identify", "protocolVersion>2.0<", "protocolVersion>3.1<"),
    "oai-identify-base-url": _in("", "http://127.0.0.1:([0-9]+)/oai<", r"https://127.0.0.1:\1/oai<"),
    "oai-identify-granularity": _in("Identify", "ssZ</granularity>", "ss</granularity>"),
    "oai-identify-deleted": _in("Identify", "persistent", "sometimes"),
    "oai-identify-earliest-form": _in("Identify", "(<earliestDatestamp>.{10})[^<]*", r"\1"),
    "oai-identify-earliest": _in("Identify", "(<earliestDatestamp>)....", r"\g<1>2999"),
    "oai-identify-email": _in("Identify", "<adminEmail>", "<adminEmail>mailto:"),
    "oai-identify-compression": _in("Identify", "gzip</compression>", "identity</compression>"),
    "oai-formats-dc": _in("ListMetadataFormats", ">oai_dc<", ">dc<", where=lambda it: "identifier" not in it.given),
    "oai-formats-dc-schema": _in("ListMetadataFormats", "oai_dc.xsd", "dc.xsd"),
    "oai-formats-prefix": _in("ListMetadataFormats", "(<metadataFormat>.*?</metadataFormat>)", r"\1\1"),
    "oai-formats-item": _in("ListMetadataFormats", ">oai_dc<", ">dc<", where=lambda it: "identifier" in it.given),
    "oai-sets-answer": _refusing("noRecordsMatch", lambda exchange: exchange.verb == "ListSets"),
    "oai-sets-spec": _in("ListSets", "<ListSets>", "<ListSets><set><setSpec>a b</setSpec><setName>x</setName></set>"),
    "oai-sets-unique": _in("ListSets", "(<set>.*?</set>)", r"\1\1"),
    "oai-sets-ancestors": _in(
        "ListSets", "</ListSets>", "<set><setSpec>a:b</setSpec><setName>x</setName></set></ListSets>"
    ),
    "oai-sets-listed": _in("ListSets", "<set><setSpec>letters:early</setSpec>.*?</set>", ""),
    "oai-verb-missing": _understood(lambda given: given if "verb" in given else {"verb": "Identify"}),
    "oai-verb-illegal": _understood(lambda given: {"verb": "Identify"} if given.get("verb") == "identify" else given),
    "oai-verb-repeated": _taking_last("verb"),
    "oai-argument-illegal": _tolerating(NOWHERE, beside="verb"),
    "oai-argument-repeated": _taking_last("metadataPrefix"),
    "oai-argument-missing": _understood(_assumed_prefix),
    "oai-argument-exclusive": _tolerating("metadataPrefix", beside="resumptionToken"),
    "oai-date-span": _understood(
        lambda given: (
            {"verb": given["verb"], "metadataPrefix": "oai_dc"} if given.get("until") == "2002-06-14" else given
        )
    ),
    "oai-date-mixed": _understood(
        lambda given: {"verb": given["verb"], "metadataPrefix": "oai_dc"} if "15T" in given.get("until", "") else given
    ),
    "oai-date-impossible": _understood(_any_date),
    "oai-date-too-fine": Fault(_understood(_seconds_dropped).ask, _day_granularity),
    "oai-token-invented": _understood(_invented_token),
    "oai-format-unknown": _understood(_unknown_format),
    "oai-identifier-unknown": _understood(_unknown_identifier),
    "oai-nothing-matches": _understood(_late_until),
    "oai-header-identifier": _in("", "oai:archive.example.org:letter-5<", "letter 5<"),
    "oai-header-datestamp": _in("", "(letter-5</identifier><datestamp>.{10})[^<]*", r"\1"),
    "oai-deleted-metadata": _in("ListRecords", '(status="deleted".*?</header>)', r"\1<metadata><x/></metadata>"),
    "oai-deleted-declared": _in("Identify", "persistent", "no"),
    "oai-record-metadata": _in("ListRecords", "(letter-5<.*?)<metadata>.*?</metadata>", r"\1"),
    "oai-record-namespace": _in(
        "ListRecords|GetRecord", '="http://www.openarchives.org/OAI/2.0/oai_dc/"', '="http://a.org/"'
    ),
    "oai-record-same": _in("GetRecord", "Title of", "Tale of"),
    "oai-schema-description": _in("Identify", "(</?)repositoryIdentifier", r"\1repositoryId"),
    "oai-schema-metadata": _in("ListRecords", "(</?)dc:title", r"\1dc:headline", where=_resumed),
    "oai-selective-exact": _refusing("noRecordsMatch", _nothing_exact),
    "oai-selective-day": _refusing("noRecordsMatch", _nothing_of_day),
    "oai-selective-span": _in(
        "ListRecords", "(letter-2<.*?<datestamp>)....", r"\g<1>2999", where=lambda it: "from" in it.given
    ),
    "oai-selective-set": _in("ListRecords", "<setSpec>.*?</setSpec>", "", where=lambda it: "set" in it.given),
    "oai-list-loss": Fault(answer=_without_fifth),
    "oai-list-repeat": _in("List(Identifiers|Records)", "letter-5<", "letter-1<"),
    "oai-token-idempotent": Fault(answer=_first_lost_when_asked_again),
    "oai-token-loops": Fault(answer=_same_token),
    "oai-token-closing": _in("", "<resumptionToken[^>]*/>", ""),
    "oai-token-cursor": _in("", 'cursor="3"', 'cursor="4"'),
    "oai-token-size": _in("", 'completeListSize="[0-9]+"', 'completeListSize="2"'),
    "oai-token-expiration": _in("", "<resumptionToken ", '<resumptionToken expirationDate="tomorrow" '),
}
"""Each fault under the code of the rule that it breaks."""
