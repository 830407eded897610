"""Witnesses of a case: who they are, what they stated, what the accused admit."""
