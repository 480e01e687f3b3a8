"""Harvesting: what another repository has, by its OAI-PMH endpoint, page by page, as a source of records to load."""
