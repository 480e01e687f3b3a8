"""Characters escaped for XML 1.0, so that they come out of a parser as they went in."""

_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def escaped(text: str) -> str:
    """Return text as the content of an element (XML 1.0, 2.4)."""
    return text.translate(_CONTENT)


def escaped_attribute(text: str) -> str:
    """Return text as an attribute's value in double quotes, safe from normalisation (XML 1.0, 3.3.3)."""
    return text.translate(_ATTRIBUTE)
