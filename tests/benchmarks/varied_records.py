"""Records as different as they can be, to see whether what we write of them is valid: the same for the same number.

Each states a part of what a record may state, in forms that are rare but allowed: seasons, uncertain dates, years
without a century, identifiers and funders of every kind, image services of both versions, and texts of characters that
have undone programs before. Measuring needs records that are alike; those are in `made_records`.
"""

import random
from collections.abc import Iterator
from typing import Any

from records.model import DCMI_TYPES, MODS_TYPES
from records.relators import RELATORS

Statements = dict[str, Any]

SPECS = ("varied:scans", "varied:texts", "varied", "other")
_PIECES = (
    *(
        "letter",
        "Брежнев",
        "毛泽东同志",
        "김일성",
        "שלום",
        "السلام عليكم",
        "Ἑλλάς",
        "ภาษาไทย",
        "हिन्दी",
        "𐎀𐎁",
        "🏛️👩‍👩‍👧",
    ),
    *("<b>bold</b>", "]]>", "<![CDATA[", "&amp;", "&#0;", "<!-- --", "<?xml ?>", "'\"`", "{{x}}", "%s%n", "\\u0000"),
    *("e\u0301", "\u202eright to left\u202c", "a\u200bb", "\u00a0", "\ufeff", "\u2028", "\x85", "\x7f", "\ufdd0"),
    *(
        "\ufffd",
        "\U0010ffff",
        "a\tb",
        "a\nb",
        "a\rb",
        "a\r\nb",
        "  blanks  ",
        "http://example.org/?a=b&c=<d>",
        "--;|$a",
    ),
    *("javascript:alert(1)", "<a href='javascript:x'>x</a>", "<img src=x onerror=y>", "x" * 2000),
)
_DATES = (
    *("1965", "1965-03", "1965-03-02", "2000-02-29", "0000", "0000-01-01", "0001", "9999-12-31", "-0044", "Y17000"),
    *("1965-21", "1965-24", "1965-33", "1965-41", "1965-21/1966", "1965-03/1965-22", "196X", "1965-XX"),
    *("1920~", "1927?", "1927%", "1965-03-02~", "1927/1929", "1927~/1929?", "../1950", "1950/..", "1950/", "/1950"),
    *("1965-02/1965", "[1667,1668]", "{1667,1668}", "1965-03-0X", "?1965-03", "1965-03~-02"),
)
_DATE_KINDS = ("created", "issued", "captured", "copyright", "modified", "valid", "uploaded", "other")
_LANGUAGES = ("en", "zh", "zh-Hant", "ru", "ko", "sr-Latn", "yue", "haw", "es-419", "und", "mul", "de-1901", "x-ours")
_RIGHTS = (
    *("http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/NoC-US/1.0/"),
    *("http://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/publicdomain/mark/1.0/"),
    *("http://creativecommons.org/licenses/by-nc-sa/3.0/de/", "https://example.org/terms?a=1&b=2"),
)
_FUNDERS = (
    *("https://ror.org/05dxps055", "https://doi.org/10.13039/100000001", "http://dx.doi.org/10.13039/1"),
    *("https://isni.org/isni/0000000121032683", "https://www.grid.ac/institutes/grid.1.1", "urn:x:y", "info:a/b"),
)
_URIS = (
    *("https://example.org/a", "http://example.org/ü/中?q=%20&r=1#f", "https://[2001:db8::1]:8080/x", "urn:isbn:1"),
    *("http://id.loc.gov/authorities/names/n79018834", "https://user@example.org/~a;b=c,d(e)'f'*"),
)
_ADDRESSES = tuple(uri for uri in _URIS if uri.startswith("http"))
_IDENTIFIERS = (
    *(("10.12345/{}", "doi"), ("https://doi.org/10.12345/{}", "DOI"), ("doi:10.12345/{}(<a>)&b", "Doi")),
    *(("12345", "doi"), ("ark:/12345/{}", "ark"), (" {} ", None), ("978-3-16-148410-0", "isbn"), ("<{}>", "a kind")),
)
_RELATIONS = (
    *("host", "series", "original", "other version", "other format", "references", "preceding", "succeeding", None),
)
_SUBJECTS = ("topic", "person", "organization", "family", "meeting", "place", "time", "title", "genre", "occupation")
_LINKS = ("landing page", "preview", "file", "transcript", "finding aid", "other")
_PROFILES = ("level0", "level1", "level2")


class _Variety:
    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def record(self, number: int) -> Statements:
        """Return a record as its input states it: half of them with what EDM and DataCite ask for."""
        parts = (self._description, self._origin, self._rights, self._images_and_texts)
        stated: Statements = {"identifier": f"varied-{number:07d}", "titles": self._titles()}
        for part in parts:
            stated |= part()
        return self._sufficient(stated, number) if self._likely(0.5) else stated

    def _likely(self, share: float) -> bool:
        return self._chance.random() < share

    def _text(self) -> str:
        """Return a text that is not blank."""
        pieces = self._chance.choices(_PIECES, k=self._chance.randint(1, 4))
        text = self._chance.choice((" ", "", ". ")).join(pieces)
        return text if text.strip() else "blank"

    def _some(self, make: Any, most: int = 3) -> list[Any]:  # noqa: ANN401 - statements of any kind
        return [make() for _each in range(self._chance.randint(0, most))]

    def _partly(self, **stated: object) -> Statements:
        """Return some of the statements."""
        return {name: value for name, value in stated.items() if self._likely(0.5)}

    def _of(self, values: Any) -> Any:  # noqa: ANN401 - values of any kind
        return self._chance.choice(values)

    def _titles(self) -> list[Statements]:
        kinds = ("alternative", "translated", "abbreviated", "uniform")
        others = self._some(lambda: self._local() | {"kind": self._of(kinds)})
        return self._chance.sample([self._local(), *others], len(others) + 1)

    def _local(self) -> Statements:
        return {"text": self._text()} | self._partly(language=self._of(_LANGUAGES))

    def _term(self) -> Statements:
        return {"text": self._text()} | self._partly(uri=self._of(_URIS), authority=self._of(("lcsh", "aat", "<x>")))

    def _agent(self) -> Statements:
        roles = self._chance.sample(sorted(RELATORS), self._chance.randint(0, 3))
        kind = self._of(("person", "organization", "family", "meeting"))
        return {"name": self._text(), "roles": roles} | self._partly(kind=kind, uri=self._of(_URIS), authority="naf")

    def _date(self) -> Statements:
        stated = {"edtf": self._of(_DATES)} if self._likely(0.8) else {"text": self._text()}
        return stated | {"kind": self._of(_DATE_KINDS)} | self._partly(text=self._text())

    def _subject(self) -> Statements:
        place = {"latitude": self._chance.uniform(-90, 90), "longitude": self._chance.uniform(-180, 180)}
        return self._term() | {"kind": self._of(_SUBJECTS)} | (place if self._likely(0.2) else {})

    def _identifier(self) -> Statements:
        form, kind = self._of(_IDENTIFIERS)
        return {"value": form.format(self._chance.randint(1, 10**9)), "kind": kind}

    def _relation(self) -> Statements:
        texts = self._partly(identifier=self._text(), description=self._text(), label=self._text())
        stated = {"title": self._text(), "kind": self._of(_RELATIONS)}
        return stated | texts | self._partly(url=self._of(_ADDRESSES))

    def _description(self) -> Statements:
        return self._partly(
            identifiers=self._some(self._identifier),
            agents=self._some(self._agent, 5),
            types=self._some(lambda: self._of(MODS_TYPES + DCMI_TYPES)),
            genres=self._some(self._term),
            languages=self._some(lambda: self._of(_LANGUAGES)),
            original_languages=self._some(lambda: self._of(_LANGUAGES)),
            abstracts=self._some(self._local),
            contents=self._some(self._local),
            notes=self._some(lambda: self._local() | self._partly(kind=self._text())),
            subjects=self._some(self._subject, 6),
        )

    def _origin(self) -> Statements:
        source = self._partly(
            repository=self._text(), collection=self._text(), shelfmark=self._text(), citation=self._text()
        )
        cataloguing = self._partly(source=self._text(), created=self._of(_DATES), changed=self._of(_DATES))
        return self._partly(
            dates=self._some(self._date, 5),
            places_of_origin=self._some(self._term),
            edition=self._text(),
            source=source | self._partly(uri=self._of(_URIS)),
            extents=self._some(self._text),
            media_types=self._some(lambda: self._of(("image/jpeg", "text/plain; charset=utf-8", "JPEG", "a b"))),
            digital_origin=self._of(("born digital", "reformatted digital")),
            collections=self._chance.sample(SPECS, self._chance.randint(0, 3)),
            relations=self._some(self._relation),
            provider={"name": self._text()} | self._partly(homepage=self._of(_ADDRESSES), uri=self._of(_URIS)),
            cataloguing=cataloguing | self._partly(languages=[self._of(_LANGUAGES)], origin=self._text()),
        )

    def _rights(self) -> Statements:
        texts = self._partly(holder=self._text(), contact=self._text(), access=self._text(), classification="Top <x>")
        rights = texts | self._partly(statement=self._text(), uri=self._of(_RIGHTS))
        return self._partly(rights=rights, funding=self._some(self._funding))

    def _funding(self) -> Statements:
        named = {"funder": self._text()} | self._partly(identifier=self._of(_FUNDERS), award=self._text())
        return self._partly(acknowledgment=self._text()) | (named if self._likely(0.6) else {})

    def _images_and_texts(self) -> Statements:
        links = self._some(self._link)
        if self._likely(0.05):
            links.append({"url": "https://example.org/manifest.json", "kind": "manifest"})
        paged = self._partly(behaviors=["paged"], viewing_direction="right-to-left")
        return self._partly(pages=self._some(self._page, 4), texts=self._some(self._document_text), links=links) | paged

    def _link(self) -> Statements:
        return {"url": self._of(_ADDRESSES), "kind": self._of(_LINKS)} | self._partly(label=self._text())

    def _page(self) -> Statements:
        address = f"https://images.example.org/{self._chance.randint(1, 50)}"
        version = {"service_type": self._of(("ImageService2", "ImageService3")), "service_profile": self._of(_PROFILES)}
        place: Statements = self._of(
            ({"file": "scan 1.jpg"}, {"image": address}, {"service": address}, {"service": address} | version)
        )
        size = {"width": self._chance.randint(1, 9000), "height": self._chance.randint(1, 9000)}
        return place | size | self._partly(label=self._text(), description=self._text(), media_type="image/png")

    def _document_text(self) -> Statements:
        kind = self._of(("transcript", "translation", "paraphrase"))
        pages = [{"page": number, "content": self._text()} for number in range(1, self._chance.randint(2, 4))]
        place: Statements = {"content": self._text()} if self._likely(0.5) else {"pages": pages}
        return {"kind": kind} | place | self._partly(language=self._of(_LANGUAGES), label=self._text())

    def _sufficient(self, stated: Statements, number: int) -> Statements:
        """Return statements with a rights URI, a language, a type, a maker, a year and a DOI added."""
        added = {
            "types": [self._of(("text", "still image", "Sound", "MovingImage"))],
            "languages": [self._of(_LANGUAGES)],
            "dates": [{"edtf": self._of(("1965", "1965-03", "1965-03-02", "1965-21")), "kind": "issued"}],
            "identifiers": [{"value": f"10.12345/varied-{number}", "kind": "doi"}],
            "agents": [self._agent() | {"roles": ["aut"]}],
        }
        lists = {name: [*stated.get(name, ()), *values] for name, values in added.items()}
        return stated | lists | {"rights": stated.get("rights", {}) | {"uri": self._of(_RIGHTS[:-1])}}


def varied_records(count: int, seed: int = 1) -> Iterator[Statements]:
    """Yield records as their input states them.

    Args:
        count: how many.
        seed: another one gives other records.
    """
    variety = _Variety(seed)
    return (variety.record(number) for number in range(1, count + 1))
