"""The timeline of a case: custody, court, consignment, parties, files and notes in one order."""

from evidence.timeline.read import numbers, page

__all__ = ["numbers", "page"]
