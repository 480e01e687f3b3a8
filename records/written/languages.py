"""Languages as people write them: tags, codes, names."""

from records.values import language_tag


def read(text: str) -> str | None:
    """Return the BCP 47 tag of a language, or None if it is none that we know.

    Args:
        text: a tag ("es-419"), a code of ISO 639 ("chi", "zho") or an English name ("Chinese").
    """
    try:
        return language_tag(text.strip())
    except ValueError:
        return None
