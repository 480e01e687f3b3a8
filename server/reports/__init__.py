"""What became of a load, for the staff who have to act on it: counts, and every finding with its place and remedy."""
