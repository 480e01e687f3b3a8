"""What conforms and what does not, rule by rule: at any endpoint, whoever's it is, and in the records of the store.

Find out what answers (`checking`), fetch (`client`, `schemas`), read and judge (`oai_pmh`, `iiif`, `records`), findings
(`findings`) against rules (`rules`), told to people (`telling`, `page`) or programs (`telling`, `junit`). It shares no
code with what it checks, so that a misreading on one side is found by the other.
"""
