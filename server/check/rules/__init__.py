"""The table of all rules that are checked."""

from server.check.rules.iiif import IIIF_RULES
from server.check.rules.oai_pmh import OAI_PMH_RULES
from server.check.rules.records import RECORD_RULES
from server.check.rules.rule import Rule

RULES: dict[str, Rule] = {rule.code: rule for rule in (*OAI_PMH_RULES, *IIIF_RULES, *RECORD_RULES)}
"""Every rule by its code."""


def explained(rule: Rule) -> str:
    """Return all that is known of a rule, for a person."""
    return (
        f"{rule.code} ({rule.level}; {rule.specification}, {rule.section})\n"
        f"{rule.sentence}\nWhat to do: {rule.remedy}\n{rule.link}"
    )


def as_tables() -> str:
    """Return the rules as tables in Markdown, one for each specification, as the README has them."""
    specifications = dict.fromkeys(rule.specification for rule in RULES.values())
    return "\n".join(map(_as_table, specifications))


def _as_table(specification: str) -> str:
    rules = [rule for rule in RULES.values() if rule.specification == specification]
    rows = [f"| `{rule.code}` | {rule.level} | {rule.section} | {rule.sentence} |" for rule in rules]
    head = [f"{specification}:", "", "| rule | level | section | what holds where all is well |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"
