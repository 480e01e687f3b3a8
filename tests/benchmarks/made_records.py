"""Records to measure with: as many as are wanted, alike in size and shape to those of an archive of diplomacy.

The same number and seed give the same records. On average a record has 24 Dublin Core elements, a text of one page or
two, one or two collections, and every third record names its funder.
"""

import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

_SYLLABLES = ("ba", "cor", "dan", "el", "fir", "gen", "hol", "im", "jun", "kar", "lo", "mer", "nis", "or", "pal", "qua")
_PLACES = ("Moscow", "Beijing", "Budapest", "Berlin", "Warsaw", "Hanoi", "Pyongyang", "Havana", "Prague", "Cairo")
_GENRES = ("telegrams", "letters", "memoranda", "reports", "minutes", "notes")
_LANGUAGES = ("en", "ru", "zh", "de", "hu", "pl", "fr", "ko")
_ROLES = ("cre", "aut", "rcp", "trl", "ctb")
_FUNDERS = ("Foundation for Made Records", "Fund for Long Lists", "Ministry of Examples")
_RIGHTS = "http://rightsstatements.org/vocab/InC/1.0/"
_STATEMENT = (
    "Free for research and teaching. The archive of origin may hold rights of its own & must be asked before this "
    "document is published or sold."
)
COLLECTIONS = 20


class _Inventor:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words = [self._word() for _each in range(3000)]
        self.weights = list(accumulate(1 / (rank + 4) for rank in range(len(self.words))))
        self.names = [f"{self._word().title()}, {self._word().title()}" for _each in range(3000)]
        self.topics = [f"{self._word().title()}--{place}--History" for place in _PLACES for _each in range(60)]

    def _word(self) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(1, 3)))

    def prose(self, count: int) -> str:
        """Return that many words in sentences."""
        words = self.chance.choices(self.words, cum_weights=self.weights, k=count)
        sentences = (" ".join(words[start : start + 14]) for start in range(0, count, 14))
        return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)

    def record(self, number: int) -> dict[str, Any]:
        """Return a record as its input states it."""
        chance = self.chance
        language = chance.choice(_LANGUAGES)
        sets = chance.sample(range(COLLECTIONS), chance.randint(1, 2))
        return {
            "identifier": f"made-{number:07d}",
            "titles": [{"text": self.prose(12), "language": "en"}],
            "agents": [self._agent() for _each in range(chance.randint(2, 4))],
            "dates": [{"edtf": f"19{chance.randint(10, 89)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"}],
            "types": ["Text"],
            "genres": [{"text": chance.choice(_GENRES)}],
            "languages": ["en"],
            "original_languages": [language],
            "abstracts": [{"text": self.prose(chance.randint(40, 120)), "language": "en"}],
            "subjects": self._subjects(),
            "source": {
                "repository": f"State Archive of {chance.choice(_PLACES)}",
                "shelfmark": f"f. {chance.randint(1, 900)}, op. {chance.randint(1, 60)}, d. {chance.randint(1, 4000)}",
            },
            "extents": [f"{chance.randint(1, 9)} pages"],
            "collections": [f"made:part-{part:02d}" for part in sets],
            "rights": {"statement": _STATEMENT, "uri": _RIGHTS},
            "funding": self._funding(number),
            "texts": [{"kind": "translation", "language": "en", "content": self.prose(chance.randint(60, 260))}],
        }

    def _agent(self) -> dict[str, Any]:
        return {"name": self.chance.choice(self.names), "kind": "person", "roles": [self.chance.choice(_ROLES)]}

    def _subjects(self) -> list[dict[str, Any]]:
        topics = self.chance.sample(self.topics, self.chance.randint(3, 6))
        places = self.chance.sample(_PLACES, self.chance.randint(1, 2))
        return [{"text": text} for text in topics] + [{"text": text, "kind": "place"} for text in places]

    def _funding(self, number: int) -> list[dict[str, Any]]:
        funder = _FUNDERS[number % len(_FUNDERS)]
        thanks = {"acknowledgment": f"Made possible with the support of the {funder}."}
        return [thanks | {"funder": funder}] if number % 3 == 0 else [thanks]


def made_records(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield records as their input states them.

    Args:
        count: how many.
        seed: another one gives other records.
    """
    inventor = _Inventor(seed)
    return (inventor.record(number) for number in range(1, count + 1))


def write(path: Path, count: int, seed: int = 1) -> None:
    """Write records as JSON Lines in UTF-8, and what is stated of their collections beside them."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in made_records(count, seed))
    tables = (f'[[collection]]\nspec = "made:part-{part:02d}"\ntitle = "Part {part}"\n' for part in range(COLLECTIONS))
    path.with_name("collections.toml").write_text("\n".join(tables), encoding="utf-8")
