"""What records may hold that tempts whoever writes or shows them: texts, addresses, and whole records of them.

A script that runs sets `window.__pwned`, or opens a dialog.
"""

import json
from typing import Any

SCRIPT = "<script>window.__pwned = 1; alert(1)</script>"
IMAGE = "<img src='/nowhere.jpg' onerror='window.__pwned = 2; alert(2)'>"

TEXTS = {
    "script": SCRIPT,
    "image": f"{IMAGE} A letter",
    "way out": f"\"'--></title></textarea></script>{SCRIPT}",
    "template": "{{ 7 * 7 }} ${window.__pwned = 3} {% raw %} <%= 1 %>",
    "markup": "<b>bold</b>",
    "markup within": "Letter to <i>Nature</i>, <br> & co.",
    "no markup": "<Letter without a title>",
    "link": '<a href="javascript:window.__pwned = 4">A letter</a>',
    "comment": "<!-- A letter -->",
    "character data": "<![CDATA[A letter]]>",
    "instruction": "<?xml version='1.0'?>",
    "lone opening": "<",
    "lone closing": ">",
    "both": "<>",
    "reference": "&amp; &lt;b&gt; &#x3c; &nosuch; &",
    "override": "abc \u202edetrevni\u202c \u2066isolated\u2069 \u200fright\u200e",
    "unclosed override": "never closed \u202e\u2067",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \u2764\ufe0f",
    "tags of a flag": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "marks": "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324" * 8,
    "long": "A title without an end " * 434 + "and its end",
    "one word": "w" * 10_000,
    "controls": "line\nline\ttab\x85next\u2028separator\u2029paragraph\u200bzero\ufeffmark",
    "one character": "x",
    "null": "null",
    "none": "none",
    "not a number": "NaN",
    "undefined": "undefined",
    "zero": "0",
    "true": "true",
    "an object": '{"@id": "https://example.org/", "@context": []}',
    "time": "at 2020-01-01T00:00:00+00:00",
    "quotation marks": "\"support\" from the 'Foundation' of “A” & «B»",
    "statement": "<p>No <b>copyright</b>.<br>Ask us.</p>",
    "blanks around": "  <b>bold</b>\n",
    "path": "../../../etc/passwd%00 C:\\\\ %s %n",
}
"""Texts that a record may hold, by what is the matter with them."""

ADDRESSES = [
    "https://example.org/?a=1&b='2'",
    "https://example.org/ü/中?q=ä#ö",
    "https://ümlaut.example.org/",
    "https://[2001:db8::1]:8080/a",
    "https://example.org/%20%3Cb%3E",
    "https://user:word@example.org:65535/?",
    "HTTPS://EXAMPLE.ORG/A",
    "http://example.org",
    "https://example.org/a/../b/./c//d;e=1,2",
    "https://example.org/(a)!*~$@:+",
]
"""Web addresses that a record may hold."""

REFUSED_TEXTS = {"surrogate": "\ud800", "null": "\x00b", "escape": "\x1b[31m", "noncharacter": "\uffff"}
"""Texts that no XML can carry."""

REFUSED_ADDRESSES = [
    "javascript:alert(1)",
    "https://example.org/a b",
    "https://example.org/[1]",
    'https://example.org/"><script>',
    "https://example.org/100%",
    "data:text/html,<script>alert(1)</script>",
    "//example.org/",
    "https://",
]
"""What is no web address."""

LONGEST_IDENTIFIER = "r" + "~" * 198 + "r"


def records() -> list[dict[str, Any]]:
    """Return records that hold each of the texts wherever a text may stand, and one of extremes; as their input."""
    texts = list(TEXTS.values())
    found = [
        _record(f"hostile-{number}", text, texts[(number + 1) % len(texts)], ADDRESSES[number % len(ADDRESSES)])
        for number, text in enumerate(texts)
    ]
    return [*found, *_extremes()]


def collections() -> list[dict[str, str]]:
    """Return the collections of the records, named and described by such texts."""
    return [
        {"spec": "hostile", "title": TEXTS["markup"], "description": TEXTS["statement"]},
        {"spec": "hostile:script", "title": TEXTS["script"], "description": TEXTS["image"]},
        {"spec": "hostile:(it's)", "title": TEXTS["unclosed override"], "description": TEXTS["link"]},
    ]


def collections_toml() -> str:
    """Return them as `collections.toml` states them."""
    tables = ("".join(f"{name} = {json.dumps(value)}\n" for name, value in each.items()) for each in collections())
    return "".join(f"[[collection]]\n{table}" for table in tables)


def _record(identifier: str, text: str, other: str, address: str) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "titles": [
            {"text": text},
            {"text": other, "kind": "translated", "language": "ar"},
            {"text": other, "kind": "alternative"},
        ],
        "agents": [{"name": text, "roles": ["aut"], "uri": address}, {"name": other}],
        "dates": [{"text": text, "edtf": "1965-03-02"}],
        "genres": [{"text": text, "uri": address}],
        "abstracts": [{"text": text}, {"text": other, "language": "he"}],
        "notes": [{"text": text, "kind": text}],
        "subjects": [{"text": text, "uri": address}, {"text": other, "kind": "place"}],
        "source": {"repository": text, "collection": text, "shelfmark": text, "citation": text, "uri": address},
        "extents": [text],
        "relations": [{"title": text, "label": text, "url": address}],
        "identifiers": [{"value": text, "kind": text}],
        "collections": ["hostile:script", "hostile:(it's)"],
        "rights": {"statement": text, "holder": text, "contact": text},
        "funding": [{"acknowledgment": text, "funder": text, "award": text}],
        "provider": {"name": text, "homepage": address, "logo": address},
        "texts": [{"content": text, "label": text}, {"content": other, "kind": "translation", "language": "fa"}],
        "links": [{"url": address, "label": text}],
    }


def _extremes() -> list[dict[str, Any]]:
    title = [{"text": "x"}]
    image = {"image": "https://example.org/ü.jpg", "width": 1, "height": 1, "label": TEXTS["markup"]}
    service = {"service": "https://example.org/中", "service_type": "ImageService3", "service_profile": "level0"}
    inner = [{"label": text, "pages": [2, 2]} for text in TEXTS.values()]
    ranges = [{"label": TEXTS["markup"], "language": "es-419", "pages": [2, 1], "ranges": inner}]
    pages = [image, {**service, "width": 1, "height": 100_000}]
    return [
        {"identifier": LONGEST_IDENTIFIER, "titles": title, "texts": [{"content": "x"}], "collections": ["hostile"]},
        {"identifier": "a.manifest.json", "titles": title, "texts": [{"content": "x"}]},
        {
            "identifier": "many",
            "titles": title,
            "texts": [{"content": "x"}],
            "agents": [{"name": f"Name {number}", "roles": ["aut", "edt"]} for number in range(2000)],
            "funding": [{"acknowledgment": f'Thanks to "{number}"'} for number in range(100)],
        },
        {"identifier": "small", "titles": title, "pages": pages, "structures": ranges},
    ]
