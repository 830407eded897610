"""Red flags of trade in wildlife: from a load and its parties to flags with their evidence.

Pure: the rules read plain values and the settings of the catalogue, and answer with sentences,
what these rest on, or what was missing to judge. `kyc.redflags` collects the values for a viewer.
"""

from kyc.redflags.indicators.catalogue import RULES, Criterion, Judged, judge_load, judge_party
from kyc.redflags.indicators.evidence import Evidence, Flag, Point, Unjudged
from kyc.redflags.indicators.score import Score, Weighed, add_up, facts_alone
from kyc.redflags.indicators.settings import Settings

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
