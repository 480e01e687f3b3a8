"""The rules of our own records, as data, in the order of what they are about."""

from server.check.rules.records import aggregators, documents, statements, values

RECORD_RULES = (*documents.RULES, *statements.RULES, *values.RULES, *aggregators.RULES)
