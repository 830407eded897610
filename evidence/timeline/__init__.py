"""The timeline of a case: custody, court, consignment, parties, files and notes in one order."""

from evidence.timeline.read import GROUPS, Timeline, numbers, page

__all__ = ["GROUPS", "Timeline", "numbers", "page"]
