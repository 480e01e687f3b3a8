"""What we hold: the record, the dates and values that it is made of, its readers and its store.

Nothing here knows Flask, a protocol or a document format.
"""
