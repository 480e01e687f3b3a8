"""Whether what IIIF describes conforms: documents by Presentation 3.0, and what they link to.

A document is read (`document`), judged (the checks of `tables`), and its links and services are followed (`visit`).
"""
