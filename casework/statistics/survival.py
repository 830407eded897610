"""Time to conclusion by Kaplan and Meier: what is still open counts for as long as it was seen.

Pure. The band is Greenwood's, on the log(-log) scale, 95 %, so that it stays between 0 and 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp, log, sqrt

from casework.cohorts import Question
from casework.metrics import FEWEST, Z_95
from casework.statistics.shapes import Curve, CurveStep

Seen = tuple[int, bool, int]  # days, whether concluded then (else still open), how many


def curve(question: Question, seen: Iterable[Seen], *, is_hidden: bool = False) -> Curve:
    """The curve of one question, with nothing where fewer than five were filed."""
    seen = list(seen)
    n = sum(many for _days, _is_concluded, many in seen)
    concluded = sum(many for _days, is_concluded, many in seen if is_concluded)
    if is_hidden or 0 < n < FEWEST:
        return Curve(question, (), n, None, None, None, None, None, is_hidden=True)
    steps = estimate(seen)
    shown = tuple(step for step in steps if step.at_risk >= FEWEST)
    return Curve(
        question,
        shown,
        n,
        concluded,
        n - concluded,
        median=_first_below(shown, [step.share for step in shown]),
        median_lower=_first_below(shown, [step.lower for step in shown]),
        median_upper=_first_below(shown, [step.upper for step in shown]),
        is_hidden=False,
    )


def estimate(seen: Iterable[Seen]) -> list[CurveStep]:
    """All steps: day 0 and each day on which something was concluded, whoever is left at risk.

    Who leaves open on a day was still at risk on it.
    """
    ended: dict[int, int] = defaultdict(int)
    left: dict[int, int] = defaultdict(int)
    for days, is_concluded, many in seen:
        (ended if is_concluded else left)[days] += many
    at_risk = sum(ended.values()) + sum(left.values())
    share, variance, found = 1.0, 0.0, list[CurveStep]()
    censored = 0
    for day in sorted({0, *ended, *left}):
        if ended[day] or day == 0:
            variance += _greenwood(at_risk, ended[day])
            share *= 1 - ended[day] / at_risk if at_risk else 1.0
            if found:
                found[-1] = _with_censored(found[-1], censored)
            censored = 0
            low, high = band(share, variance)
            found.append(CurveStep(day, at_risk, ended[day], 0, share, low, high))
        at_risk -= ended[day] + left[day]
        censored += left[day]
    if found:
        found[-1] = _with_censored(found[-1], censored)
    return found


def _with_censored(step: CurveStep, censored: int) -> CurveStep:
    return CurveStep(
        step.day, step.at_risk, step.concluded, censored, step.share, step.lower, step.upper
    )


def _greenwood(at_risk: int, ended: int) -> float:
    """One term of Greenwood's sum; without end where nobody is left."""
    if not ended:
        return 0.0
    left = at_risk - ended
    return ended / (at_risk * left) if left else float("inf")


def band(share: float, variance: float) -> tuple[float, float]:
    """The 95 % band of a share on the log(-log) scale; none at the ends, where it is certain."""
    if share >= 1 or share <= 0:
        return max(0.0, share), min(1.0, share)
    half = Z_95 * sqrt(variance) / log(share)
    centre = log(-log(share))
    return exp(-exp(centre - half)), exp(-exp(centre + half))


def _first_below(steps: Sequence[CurveStep], shares: Sequence[float]) -> int | None:
    """The first day on which no more than half are open."""
    for step, share in zip(steps, shares, strict=True):
        if share <= 0.5 + 1e-12:
            return step.day
    return None
