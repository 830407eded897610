"""A dossier of many exhibits, laid out by this system and by others, each in its own process."""
