"""What we say: pure functions from a record to a document. No request, no database."""
