"""What is searched for: words, phrases, beginnings of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from records.search.tokens import DIVIDED, Token, tokens

LONGEST = 500
"""Characters of a question that are read."""

MOST_PHRASES = 32
"""Words and phrases that may be asked for at once."""

_MARKS = '"“”„«»'
_TERM = re.compile(rf"[{_MARKS}]([^{_MARKS}]*)(?:[{_MARKS}]|$)|[^\s{_MARKS}]+")
"""A phrase in quotation marks, or what stands between spaces."""


class Phrase(NamedTuple):
    """Tokens that stand beside one another in this order.

    Attributes:
        words: the tokens.
        open: whether the last one is only the beginning of a token.
        reaches: whether the last one is of a run without spaces and holds two characters of it.
    """

    words: tuple[str, ...]
    open: bool = False
    reaches: bool = False

    @property
    def pattern(self) -> str:
        """A regular expression that finds it where a token begins in an indexed text."""
        return self._written + self._end

    @property
    def leaping(self) -> str:
        """One that finds it anywhere; it looks back last, so that it begins with letters, which are leapt to."""
        return rf"{self._written}(?<!\S{self._written}){self._end}"

    @property
    def _written(self) -> str:
        return r"\s".join(map(re.escape, self.words))

    @property
    def _end(self) -> str:
        return r"\S*" if self.open else r"(?!\S)"


class Hit(NamedTuple):
    """Where a phrase is found.

    Attributes:
        start: where it begins in the indexed text, in characters.
        end: where it ends.
        reaches: as the phrase has it.
        lines: on how many lines it stands.
    """

    start: int
    end: int
    reaches: bool
    lines: int


@dataclass(frozen=True)
class Query:
    """A question: all its phrases must be found in the text of a canvas.

    Attributes:
        phrases: none of them is empty; no phrases find nothing.
    """

    phrases: tuple[Phrase, ...]

    @cached_property
    def _each(self) -> Sequence[re.Pattern[str]]:
        return [re.compile(phrase.leaping) for phrase in self.phrases]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(r"(?<!\S)(?:" + "|".join(f"({phrase.pattern})" for phrase in self.phrases) + ")")

    def hits(self, text: str) -> list[Hit]:
        """Return what is found in an indexed text; nothing if a phrase is not found at all.

        Args:
            text: as `tokens.words` gives it.
        """
        if not self.phrases or not all(pattern.search(text) for pattern in self._each):
            return []
        found = self._any.finditer(text)
        if self._of_single_words and DIVIDED not in text:
            return [Hit(*match.span(), reaches=False, lines=1) for match in found]
        return [self._hit(match, text) for match in found]

    @cached_property
    def _of_single_words(self) -> bool:
        return all(len(phrase.words) == 1 and not phrase.reaches for phrase in self.phrases)

    def _hit(self, match: re.Match[str], text: str) -> Hit:
        start, end = match.span()
        reaches = self.phrases[(match.lastindex or 1) - 1].reaches
        lines = 1 + text.count("\n", start, end + reaches) + text.count(DIVIDED, start, end + 1)
        return Hit(start, end, reaches, lines)


def asked(question: str) -> Query:
    """Return what a question asks for.

    Words are divided by spaces, and all of them must be found. What stands in quotation marks is a phrase, and so is a
    word that holds several, as `vice-president` does. A star behind a word lets it be continued.

    Args:
        question: as a reader typed it; what stands beyond its LONGEST characters is not read.

    Raises:
        ValueError: it asks for more than MOST_PHRASES.
    """
    phrases = tuple(dict.fromkeys(_phrases(question[:LONGEST])))
    if len(phrases) > MOST_PHRASES:
        raise ValueError(f"q has {len(phrases)} different words; ask for {MOST_PHRASES} at most, or for a phrase")
    return Query(phrases)


def beginning(question: str) -> Query:
    """Return what asks for all that begins with these words (Content Search 1.0, 4.2): one phrase that is open."""
    found = tuple(token.text for token in tokens(question[:LONGEST]))
    return Query((Phrase(found, open=True),) if found else ())


def term(found: str) -> str:
    """Return a part of an indexed text as a reader would type it to find it again; several words as a phrase."""
    joined = ""
    for token in found.split():
        joined = _joined(joined, token)
    return f'"{joined}"' if " " in joined else joined


def _phrases(question: str) -> Iterator[Phrase]:
    for match in _TERM.finditer(question):
        written = match[0] if match[1] is None else match[1]
        if found := tokens(written):
            yield _phrase(found, starred=match[1] is None and written.endswith("*"))


def _phrase(found: Sequence[Token], *, starred: bool) -> Phrase:
    """Return tokens as a phrase.

    Where it ends with a run of characters without spaces, the text may go on, so that the last one counts only with
    the one before it; one alone is the beginning of every token that it stands in.
    """
    texts = tuple(token.text for token in found)
    if not found[-1].unspaced:
        return Phrase(texts, open=starred)
    joined = len(found) > 1 and found[-2].unspaced and found[-2].until == found[-1].until
    return Phrase(texts[:-1], reaches=True) if joined else Phrase(texts, open=True)


def _joined(before: str, token: str) -> str:
    """Return a term with one more token; characters of a run without spaces overlap."""
    last = before.rpartition(" ")[2]
    overlap = next((cut for cut in range(1, len(last)) if token.startswith(last[cut:])), 0)
    if overlap and tokens(last)[-1].unspaced and tokens(token)[0].unspaced:
        return before + token[len(last) - overlap :]
    return f"{before} {token}".strip()
