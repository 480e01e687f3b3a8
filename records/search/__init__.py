"""Search: how texts and questions become words that can be compared, and the index that finds them."""
