"""Dublin Core, simple (oai_dc) and qualified, of any of the root elements that repositories give it.

What each term becomes, and what is decided where Dublin Core does not say:

- The first dc:title is the main one, the others alternative ones. dc:creator has the role `cre`, dc:contributor `ctb`,
  dc:publisher `pbl`.
- A dc:date is a date of creation, the one that is meant where nothing else is said; qualified dates are what they say.
- The first dc:description is the abstract, the others are notes; all are notes beside a dcterms:abstract.
- dc:type is a type where it is a word of the DCMI Type Vocabulary or of MODS, whatever its capitals; else a genre.
- dc:format is a media type by its form, else an extent.
- dc:identifier is an identifier of the record; the first web address is its landing page, one that no resolver answers
  (DOI, handle, ARK) before one that does. Other addresses are links.
- Outside of an OAI-PMH response the record's own identifier is made of the first dc:identifier that is no web address,
  else of the first one, passing over those without a Latin letter or digit.
- dc:coverage is a time if it is a date, or names a year or a century; else a place.
- The first dc:rights that is a text is the rights statement, the first that is a web address the rights URI; what else
  is said of rights are notes of the kind `rights`.
- dc:source is the related original; a URI is that of the source.
- Several values in one element, divided by "; ", are taken one by one where Dublin Core wants one each (creators,
  contributors, subjects, types, languages, coverage), and this is told. Not where a bracket is open at the semicolon,
  nor in DCSV (`name=Perth; east=115.9`), nor behind a character reference that was escaped twice.

A document that is valid is kept, and served again. A qualified one under a foreign root element is kept under ours,
with all its elements as they are. Empty elements are left out of it. One that is not valid is written from the record's
fields, and what these have no place for is kept as `unmapped`.
"""

from collections.abc import Iterable

from lxml.etree import _Element

from records import identifiers
from records.errors import RecordError
from records.readers.dublin_core import document, terms
from records.readers.dublin_core.values import Value, values
from records.readers.found import Taken
from records.readers.gathering import Gathering
from records.readers.place import Place
from records.written.identifiers import is_web_address

ROOTS = (
    document.OAI_DC,
    document.QUALIFIED,
    "{http://dspace.org/qualifieddc/}qualifieddc",
    "{http://www.bl.uk/namespaces/oai_dcq/}qualifieddc",
    "{http://epubs.cclrc.ac.uk/xmlns/qdc/}qualifieddc",
    "{http://example.org/appqualifieddc/}qualifieddc",
    "{http://www.openarchives.org/OAI/2.0/oai_dcterms/}dcterms",
    "qualifieddc",
)
"""The root elements of Dublin Core; DCMI leaves that of qualified Dublin Core to each application."""

_NEEDED = {
    "dc:identifier": "is missing; add one, such as a shelfmark or the record's web address, or load the whole OAI-PMH "
    "response that it came in",
    "dc:title": "is missing; add one, since a record is shown by its title",
}


def read(root: _Element, place: Place) -> Taken | RecordError:
    """Return the record that a document in Dublin Core states, or why it cannot be taken.

    Args:
        root: the root element.
        place: where it stands.
    """
    gathering = Gathering()
    native = document.kept(root, gathering)
    found = list(values(root, gathering, attributes=native is None))
    terms.gather(found, gathering)
    return gathering.taken(place, _foreign(found), native, _NEEDED)


def _foreign(values: Iterable[Value]) -> str | None:
    """Return what identifies the record among its identifiers."""
    stated = sorted((value.line for value in values if value.term == "identifier"), key=is_web_address)
    return next(filter(identifiers.local, stated), next(iter(stated), None))
