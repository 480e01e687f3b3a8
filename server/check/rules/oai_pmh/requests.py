"""Requests that must be refused.

Each: its code, level and section, what holds where all is well, and what to do where it does not.
"""

from server.check.rules.oai_pmh.protocol import MUST, oai_rule

RULES = (
    oai_rule(
        "verb-missing", MUST, "3.6",
        "A request without a verb gets badVerb.",
        "Answer the error badVerb.",
    ),
    oai_rule(
        "verb-illegal", MUST, "3.6",
        "A request with a verb that does not exist gets badVerb; capitals count.",
        "Compare the verb letter for letter with the six of the protocol, and answer badVerb to others.",
    ),
    oai_rule(
        "verb-repeated", MUST, "3.6",
        "A request that repeats the verb gets badVerb.",
        "Count the arguments before you read them; most frameworks silently take one of the two.",
    ),
    oai_rule(
        "argument-illegal", MUST, "3.6",
        "A request with an argument that its verb does not know gets badArgument.",
        "Refuse each argument that the verb does not take, also one that another verb takes.",
    ),
    oai_rule(
        "argument-repeated", MUST, "3.6",
        "A request that repeats an argument gets badArgument.",
        "Count the arguments before you read them; most frameworks silently take one of the two.",
    ),
    oai_rule(
        "argument-missing", MUST, "3.6",
        "A request without an argument that its verb needs gets badArgument.",
        "Refuse it; assume no metadataPrefix.",
    ),
    oai_rule(
        "argument-exclusive", MUST, "3.6",
        "A resumptionToken beside other arguments gets badArgument.",
        "Refuse it: a token stands alone with the verb.",
    ),
    oai_rule(
        "date-span", MUST, "4.3",
        "A from that is later than until gets badArgument.",
        "Compare the two before you look for records; noRecordsMatch hides the mistake from the harvester.",
    ),
    oai_rule(
        "date-mixed", MUST, "2.7.1",
        "From and until in different granularities get badArgument.",
        "Refuse it: both are days, or both are times.",
    ),
    oai_rule(
        "date-impossible", MUST, "3.6",
        "A from that is no date in UTC gets badArgument.",
        "Read dates strictly: no day that does not exist, no words, no offset instead of Z.",
    ),
    oai_rule(
        "date-too-fine", MUST, "2.7.1",
        "A time gets badArgument where the granularity of the repository is the day.",
        "Refuse it, or say in Identify that the granularity is the second.",
    ),
    oai_rule(
        "token-invented", MUST, "3.6",
        "A resumptionToken that was never given out gets badResumptionToken.",
        "Refuse it; a list that begins anew would be harvested twice, an empty one would look finished.",
    ),
    oai_rule(
        "format-unknown", MUST, "3.6",
        "A metadataPrefix that is not offered gets cannotDisseminateFormat.",
        "Refuse it; never answer in another format.",
    ),
    oai_rule(
        "identifier-unknown", MUST, "3.6",
        "An identifier that is not known gets idDoesNotExist.",
        "Answer idDoesNotExist, also to ListMetadataFormats.",
    ),
    oai_rule(
        "nothing-matches", MUST, "3.6",
        "A list that would be empty gets noRecordsMatch.",
        "Answer noRecordsMatch; a list without records is not valid.",
    ),
)  # fmt: skip
"""The rules, in the order in which they are told."""
