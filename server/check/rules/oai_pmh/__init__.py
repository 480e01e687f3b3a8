"""The rules of OAI-PMH 2.0 that are checked, as data, in the order of what they are about."""

from server.check.rules.oai_pmh import answers, description, lists, requests

OAI_PMH_RULES = (*answers.RULES, *description.RULES, *requests.RULES, *lists.RULES)
