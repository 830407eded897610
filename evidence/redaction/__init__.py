"""Redacted copies: marks on a file, the copy without what they cover, and who has looked at it."""
