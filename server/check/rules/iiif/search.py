"""Services that search a manifest, and that complete a word.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.iiif.specifications import ADVICE, MUST, search_rule

RULES = (
    search_rule(
        "answer", MUST, "4.2",
        "A search for a word is answered with an annotation page; in version 1 with an annotation list.",
        "Answer the parameter q with status 200, also where nothing is found.",
    ),
    search_rule(
        "context", MUST, "4.2",
        "The answer names the context of Search, or that of Presentation alone where it uses nothing of Search.",
        "Write http://iiif.io/api/search/2/context.json, which holds that of Presentation; in version 1 both.",
    ),
    search_rule(
        "items", MUST, "4.2.1",
        "The answer holds whole annotations, each with its type and its target.",
        "Write each annotation out, and do not only name it.",
    ),
    search_rule(
        "ignored", MUST, "4.2.4",
        "What a search ignores is said in ignored.",
        "List there each parameter that came and was not obeyed, such as user.",
    ),
    search_rule(
        "found", ADVICE, "4.2",
        "A word of the text is found.",
        "Index the text anew, and compare words without regard to capitals.",
    ),
    search_rule(
        "paging", MUST, "4.2.2",
        "A page of an answer names the next one, which is there, and what it is part of, with its first page.",
        "Write partOf with first, and next with the id of a page that answers.",
    ),
    search_rule(
        "contexts", MUST, "4.3",
        "What is said about annotations is said about those of the answer.",
        "Let each source be the id of an annotation in items; in version 1 let hits name those in resources.",
    ),
    search_rule(
        "terms", MUST, "5.2",
        "The beginning of a word is answered with terms: items with value; in version 1 terms with match and url.",
        "Answer a TermPage whose items have value; in version 1 a search:TermList whose terms have match and url.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
