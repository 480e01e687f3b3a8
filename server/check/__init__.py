"""What conforms and what does not, rule by rule: at any endpoint, whoever's it is.

Find out what answers (`checking`), fetch (`client`), read and judge (`oai_pmh`, `iiif`), findings (`findings`) against
rules (`rules`), told to people or programs (`telling`). It shares no code with what it checks, so
that a misreading on one side is found by the other.
"""
