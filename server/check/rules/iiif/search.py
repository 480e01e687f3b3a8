"""Services that search a manifest, and that complete a word.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import ADVICE, MUST, search_rule

RULES = (
    search_rule(
        "answer", MUST, "3.3",
        "A search for a word is answered with an annotation page; in version 1 with an annotation list.",
        "Answer the parameter q with status 200, also where nothing is found.",
    ),
    search_rule(
        "context", MUST, "3.4",
        "The answer names the context of Presentation, and that of Search where it uses it.",
        "Write the two into an array.",
    ),
    search_rule(
        "items", MUST, "3.3.1",
        "The answer holds whole annotations, each with its type and its target.",
        "Write each annotation out, and do not only name it.",
    ),
    search_rule(
        "ignored", MUST, "3.4.1",
        "What a search ignores is said in ignored.",
        "List there each parameter that came and was not obeyed, such as user.",
    ),
    search_rule(
        "found", ADVICE, "3.3",
        "A word of the text is found.",
        "Index the text anew, and compare words without regard to capitals.",
    ),
    search_rule(
        "terms", MUST, "4.3",
        "The beginning of a word is answered with a list of terms, each with its match and the address of its search.",
        "Answer a TermList whose terms have match and url.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
