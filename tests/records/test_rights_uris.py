"""Rights URIs: the form that the publisher defines, whatever was copied out of a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.rights_uris import RIGHTS_STATEMENTS, canonical_rights_uri, rights_label

IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"
BY = "http://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("stated", "canonical"),
    [
        (IN_COPYRIGHT, IN_COPYRIGHT),
        ("https://rightsstatements.org/page/InC/1.0/?language=en", IN_COPYRIGHT),
        ("https://www.rightsstatements.org/vocab/inc/1.0", IN_COPYRIGHT),
        (" http://rightsstatements.org/page/InC/1.0/\n", IN_COPYRIGHT),
        ("http://rightsstatements.org/page/InC/1.0/de", IN_COPYRIGHT),
        ("rightsstatements.org/vocab/InC/1.0/", IN_COPYRIGHT),
        ("http://rightsstatements.org/vocab/XYZ/1.0/", None),
        ("http://rightsstatements.org/vocab/InC/", None),
        (BY, BY),
        ("creativecommons.org/licenses/by/4.0", BY),
        ("https://creativecommons.org/licenses/by/4.0/deed.pt_BR?ref=chooser", BY),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.en#s1", BY),
        ("https://creativecommons.org/licenses/by/4.0/deed.de", BY),
        ("https://creativecommons.org/licenses/BY/4.0/legalcode", BY),
        (
            "https://creativecommons.org/licenses/by-nc-sa/3.0/us",
            "http://creativecommons.org/licenses/by-nc-sa/3.0/us/",
        ),
        ("https://creativecommons.org/publicdomain/zero/1.0", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/rights", None),
        ("In Copyright", None),
        ("CC BY 4.0", None),
        (f"Licensed under {BY}", None),
        ("", None),
    ],
)
def test_a_rights_uri_has_one_form(stated: str, canonical: str | None) -> None:
    """Of https, www, pages, deeds and lost slashes none remains; what is of neither publisher has none."""
    assert canonical_rights_uri(stated) == canonical


@pytest.mark.parametrize(
    ("uri", "label"),
    [
        (IN_COPYRIGHT, "In Copyright"),
        (BY, "CC BY 4.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/us/", "CC BY-NC-SA 3.0 US"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0 Universal"),
        ("http://creativecommons.org/publicdomain/mark/1.0/", "Public Domain Mark 1.0"),
        ("http://creativecommons.org/publicdomain/other/1.0/", None),
        ("http://rightsstatements.org/vocab/XYZ/1.0/", None),
        ("https://example.org/rights", None),
    ],
)
def test_a_rights_uri_has_its_publishers_name(uri: str, label: str | None) -> None:
    """In English, and none is made up for others."""
    assert rights_label(uri) == label


@given(
    st.sampled_from(sorted(RIGHTS_STATEMENTS)), st.sampled_from(["http", "https"]), st.sampled_from(["vocab", "page"])
)
def test_every_rights_statement_is_recognised(code: str, scheme: str, path: str) -> None:
    """And what is canonical stays as it is."""
    canonical = canonical_rights_uri(f"{scheme}://rightsstatements.org/{path}/{code}/1.0/")
    assert canonical == f"http://rightsstatements.org/vocab/{code}/1.0/"
    assert canonical_rights_uri(canonical) == canonical
    assert rights_label(canonical) == RIGHTS_STATEMENTS[code]
