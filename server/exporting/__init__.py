"""Out again: what the store holds as files, in each format that it publishes, and as it was stated."""
