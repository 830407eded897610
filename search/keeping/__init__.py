"""Searches that a person keeps: those saved under a name, and those asked last."""
