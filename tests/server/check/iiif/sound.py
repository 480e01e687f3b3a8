"""A manifest and a collection that use nearly all of Presentation 3.0, and break nothing of it.

Each function returns a new document, which a fault may change, of a host that it is given.
"""

from typing import Any

Object = dict[str, Any]

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
ARCHIVE = "https://archive.example.org"


def text(words: str, language: str = "en") -> Object:
    """Return a text in a language."""
    return {language: [words]}


def row(label: str, value: str, language: str = "en") -> Object:
    """Return a row of metadata."""
    return {"label": text(label), "value": text(value, language)}


def image(host: str, name: str, width: int, height: int) -> Object:
    """Return an image."""
    return {
        "id": f"{host}/images/{name}.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "height": height,
        "width": width,
    }


def link(host: str, path: str, kind: str, media_type: str, **more: object) -> Object:
    """Return a link with all that it should have."""
    return {"id": f"{host}/{path}", "type": kind, "label": text(f"The {kind}"), "format": media_type, **more}


def agent(host: str) -> Object:
    """Return who provides."""
    return {
        "id": f"{host}/about",
        "type": "Agent",
        "label": text("Town Archive"),
        "homepage": [link(host, "page.html", "Text", "text/html", language=["en"])],
        "logo": [image(host, "logo", 60, 40)],
        "seeAlso": [link(host, "about.json", "Dataset", "application/json", profile="https://schema.org/")],
    }


def annotation(name: str, motivation: str, target: object, body: object) -> Object:
    """Return an annotation."""
    return {"id": name, "type": "Annotation", "motivation": motivation, "body": body, "target": target}


def page(name: str, *annotations: Object) -> Object:
    """Return an annotation page."""
    return {"id": name, "type": "AnnotationPage", "items": list(annotations)}


def manifest(host: str = ARCHIVE) -> Object:
    """Return a manifest of three canvases: two pages of a letter, and somebody who reads it aloud."""
    base = f"{host}/iiif/letter-1"
    comment = {"type": "TextualBody", "value": "A fine letter", "language": "en", "format": "text/plain"}
    return {
        "@context": CONTEXT,
        "id": f"{base}/manifest.json",
        "type": "Manifest",
        "label": {"en": ["A letter"], "es-419": ["Una carta"], "zh-Hant-TW": ["一封信"], "none": ["MS 1"]},
        "summary": text('<p>A <b>short</b> letter of <a href="https://archive.example.org/2">two</a> pages.</p>'),
        "metadata": [
            row("Writer", "<span>Anne<br/>Writer</span>"),
            row("Title", "<Untitled> "),
            row("Price", "less < than > more, A & B", "none"),
        ],
        "requiredStatement": row("Rights", "<span>Thanks to the <i>Foundation</i>.</span>"),
        "rights": "http://rightsstatements.org/vocab/InC-EDU/1.0/",
        "navDate": "1965-03-02T00:00:00Z",
        "provider": [agent(host)],
        "thumbnail": [image(host, "thumbnail", 30, 40)],
        "viewingDirection": "left-to-right",
        "behavior": ["paged", "auto-advance"],
        "homepage": [link(host, "page.html", "Text", "text/html", language=["en"])],
        "seeAlso": [link(host, "letter.xml", "Dataset", "application/xml", profile="http://www.loc.gov/mods/v3")],
        "rendering": [link(host, "letter.txt", "Text", "text/plain", language=["en", "es-419"])],
        "service": [_search(host, 2), _search(host, 1)],
        "partOf": [{"id": f"{host}/iiif/letters.json", "type": "Collection", "label": text("Letters")}],
        "start": {"id": f"{base}/canvas/2", "type": "Canvas"},
        "placeholderCanvas": {"id": f"{base}/placeholder", "type": "Canvas", "height": 40, "width": 30},
        "items": [
            _written(host, base, 1),
            _written(host, base, 2) | {"placeholderCanvas": _cover(host, base), "behavior": ["non-paged"]},
            _spoken(host, base),
        ],
        "structures": [_contents(base)],
        "annotations": [
            page(f"{base}/comments", annotation(f"{base}/comments/1", "commenting", f"{base}/manifest.json", comment))
        ],
    }


def _search(host: str, version: int) -> Object:
    mark = "@" if version == 1 else ""
    profile = f"http://iiif.io/api/search/{version}/"
    completing = {
        f"{mark}id": f"{host}/complete/{version}",
        f"{mark}type": f"AutoCompleteService{version}",
        "profile": f"{profile}autocomplete",
    }
    return {
        f"{mark}id": f"{host}/search/{version}",
        f"{mark}type": f"SearchService{version}",
        "profile": f"{profile}search",
        "service": [completing],
    }


def image_service(host: str, version: int) -> Object:
    """Return an image service."""
    mark, profile = ("@", "http://iiif.io/api/image/2/level1.json") if version == 2 else ("", "level0")
    return {
        f"{mark}id": f"{host}/image/{version}",
        f"{mark}type": f"ImageService{version}",
        "profile": profile,
    }


def _written(host: str, base: str, number: int) -> Object:
    canvas = f"{base}/canvas/{number}"
    painted = image(host, f"page-{number}", 300, 400) | {"service": [image_service(host, 4 - number)]}
    line = {"type": "TextualBody", "value": "Dear friend", "language": "en", "format": "text/plain"}
    part = {
        "type": "SpecificResource",
        "source": canvas,
        "selector": {"type": "FragmentSelector", "value": "xywh=percent:0,0,100,50"},
    }
    return {
        "id": canvas,
        "type": "Canvas",
        "label": text(f"{number}r", "none"),
        "height": 400,
        "width": 300,
        "thumbnail": [image(host, "thumbnail", 30, 40)],
        "items": [
            page(
                f"{canvas}/painting",
                annotation(f"{canvas}/painting/1", "painting", canvas, painted),
            )
        ],
        "annotations": [
            page(
                f"{canvas}/lines",
                annotation(f"{canvas}/lines/1", "supplementing", f"{canvas}#xywh=10,20,290,380", line),
                annotation(f"{canvas}/lines/2", "supplementing", part, line),
            )
        ],
    }


def _cover(host: str, base: str) -> Object:
    canvas = f"{base}/cover"
    return {
        "id": canvas,
        "type": "Canvas",
        "label": text("Cover"),
        "height": 400,
        "width": 300,
        "items": [
            page(
                f"{canvas}/painting",
                annotation(f"{canvas}/painting/1", "painting", canvas, image(host, "page-1", 300, 400)),
            )
        ],
    }


def _spoken(host: str, base: str) -> Object:
    canvas = f"{base}/canvas/3"
    sounds = [
        link(host, f"letter.{ending}", "Sound", media_type, duration=12.5, thumbnail=[image(host, "thumbnail", 30, 40)])
        for ending, media_type in (("mp3", "audio/mpeg"), ("ogg", "audio/ogg"))
    ]
    reading = annotation(f"{canvas}/painting/1", "painting", f"{canvas}#t=0,12.5", {"type": "Choice", "items": sounds})
    return {
        "id": canvas,
        "type": "Canvas",
        "label": text("Read aloud"),
        "duration": 12.5,
        "items": [page(f"{canvas}/painting", reading | {"timeMode": "trim"})],
        "accompanyingCanvas": _cover(host, f"{base}/reading"),
    }


def _contents(base: str) -> Object:
    half = {
        "id": f"{base}/range/1/half",
        "type": "SpecificResource",
        "source": f"{base}/canvas/2",
        "selector": {"type": "FragmentSelector", "value": "xywh=0,0,300,200"},
    }
    greeting = {
        "id": f"{base}/range/2",
        "type": "Range",
        "label": text("Greeting"),
        "supplementary": {"id": f"{base}/transcript", "type": "AnnotationCollection"},
        "items": [{"id": f"{base}/canvas/1#xywh=0,0,300,100", "type": "Canvas"}, half],
    }
    return {
        "id": f"{base}/range/1",
        "type": "Range",
        "label": text("Contents"),
        "behavior": ["no-nav"],
        "start": {
            "id": f"{base}/range/1/start",
            "type": "SpecificResource",
            "source": f"{base}/canvas/3",
            "selector": {"type": "PointSelector", "t": 2.5},
        },
        "items": [greeting, {"id": f"{base}/canvas/3", "type": "Canvas"}],
    }


def collection(host: str = ARCHIVE) -> Object:
    """Return a collection that names a manifest and holds another collection."""
    named = {
        "id": f"{host}/iiif/letter-1/manifest.json",
        "type": "Manifest",
        "label": text("A letter"),
        "thumbnail": [image(host, "thumbnail", 30, 40)],
    }
    shared = {
        "metadata": [row("Place", "Town")],
        "provider": [agent(host)],
        "thumbnail": [image(host, "thumbnail", 30, 40)],
    }
    return {
        "@context": [CONTEXT],
        "id": f"{host}/iiif/letters.json",
        "type": "Collection",
        "label": text("Letters"),
        "summary": text("All letters"),
        "behavior": ["multi-part", "individuals"],
        **shared,
        "items": [
            named,
            {
                "id": f"{host}/iiif/early.json",
                "type": "Collection",
                "label": text("Early letters"),
                "summary": text("Early ones"),
                **shared,
                "items": [dict(named)],
            },
        ],
    }
