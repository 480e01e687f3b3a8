"""How we say it: HTTP, the command line, and the one place where records, mappings and store meet."""
