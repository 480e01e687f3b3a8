"""What people write, read as what the model holds: dates, languages, roles, types, rights. Nothing is guessed."""
