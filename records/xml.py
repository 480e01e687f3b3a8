"""Characters escaped for XML 1.0, so that they come out of a parser as they went in."""


def escaped(text: str) -> str:
    """Return text as the content of an element (XML 1.0, 2.4)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def escaped_attribute(text: str) -> str:
    """Return text as an attribute's value in double quotes, safe from normalisation (XML 1.0, 3.3.3)."""
    return escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
