"""Exhibits before the courts: what was done with them there, and what keeps them here."""
