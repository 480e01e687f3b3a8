"""XML of strangers: nothing outside it is loaded."""

from lxml import etree


def parsed(text: str | bytes) -> etree._Element | str:
    """Return the root element, or why the text is not well-formed (XML 1.0, 2.1).

    Args:
        text: XML; bytes in the encoding that they declare, else UTF-8.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return str(error)
