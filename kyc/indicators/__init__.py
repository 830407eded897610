"""Red flags of trade in wildlife: from a load and its parties to flags with their evidence.

Pure: the rules read plain values and the settings of the catalogue, and answer with sentences,
what these rest on, or what was missing to judge. `kyc.flags` collects the values for a viewer.
"""

from kyc.indicators.catalogue import RULES, Criterion, Judged, judge_load, judge_party
from kyc.indicators.evidence import Evidence, Flag, Point, Unjudged
from kyc.indicators.score import Score, Weighed, add_up, facts_alone
from kyc.indicators.settings import Settings

__all__ = [
    "RULES",
    "Criterion",
    "Evidence",
    "Flag",
    "Judged",
    "Point",
    "Score",
    "Settings",
    "Unjudged",
    "Weighed",
    "add_up",
    "facts_alone",
    "judge_load",
    "judge_party",
]
