"""What a charge still lacks, in words: in the order of what lost such cases before.

The reading is frozen first (facts.py), the rules are pure (rules.py); here each alarm gets its
sentence, why it matters, and the act that mends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework import access
from casework.models import Case, ChargeSheet, Proceeding
from evidence.lacks import address
from evidence.proof import facts, matrix, rules
from evidence.proof.matrix import Matrix
from evidence.proof.rules import Found, Pair
from evidence.reading import of_case

lazy = gettext_lazy
MOST_NAMED, FEW_NAMED = 4, 2


@dataclass(frozen=True)
class Alarm:
    """One thing that is missing, and what to do about it."""

    code: str
    mark: str
    title: str
    why: str
    url: str
    verb: str
    charges: str  # "Counts 1, 2: A1, A3"

    @property
    def is_to_be_explained(self) -> bool:
        """Whether a filing, or a closing, says why it happens nevertheless."""
        return self.code in rules.TO_BE_EXPLAINED


MARKS = {"contradicted": "cross", "dropped": "cross", "admission_withdrawn": "cross",
         "replaced": "cross", "contested": "half", "not_judged": "half"}  # fmt: skip
# Code: the sentence, why it matters, the verb, the page.
WORDS: dict[str, tuple[StrOrPromise, StrOrPromise, StrOrPromise, str]] = {
    "no_report": (
        lazy("No expert report on what is charged"),
        lazy("Prosecutions that closed without one were lost: nobody had named the species."),
        lazy("Send it to a laboratory"), "evidence:case-laboratory"),
    "contradicted": (
        lazy("An expert found another species than the count names"),
        lazy("A charge that names the wrong animal falls with its first report."),
        lazy("Compare and answer"), "evidence:case-laboratory"),
    "no_link": (
        lazy("Nothing links %(who)s to it: %(things)s"),
        lazy("An accused whom no evidence ties to the goods is acquitted."),
        lazy("Link the evidence"), "evidence:case-proof"),
    "no_certificate": (
        lazy("Without its certificate: %(things)s"),
        lazy("Courts refused pictures, copies and weights that came without one."),
        lazy("See which"), "evidence:case-certificates"),
    "custody_gap": (
        lazy("The chain of custody leaves something open: %(things)s"),
        lazy("The defence asks who held it. Explain it before they do."),
        lazy("Read the chains"), "evidence:gap-list"),
    "not_summoned": (
        lazy("Not summoned to a listed day: %(things)s"),
        lazy("Evidence comes in through its witness. Who is not called does not come."),
        lazy("Open the witnesses"), "casework:case-witnesses"),
    "dropped": (
        lazy("Will not be called, but points rest on them: %(things)s"),
        lazy("Link it through another witness, or call this one again."),
        lazy("Open the witnesses"), "evidence:proof-witnesses"),
    "no_witness": (
        lazy("Nobody brings it in: %(things)s"),
        lazy("A thing or a paper comes before the court through somebody who speaks to it."),
        lazy("Name the witness"), "evidence:proof-witnesses"),
    "no_translation": (
        lazy("Not translated: %(things)s"),
        lazy("The court reads what is in its language."),
        lazy("Open the statements"), "casework:case-witnesses"),
    "foreign_evidence": (
        lazy("Evidence from abroad has not come: %(things)s"),
        lazy("A trial that waited for it in vain was lost."),
        lazy("Open the requests"), "casework:case-duties"),
    "admission_withdrawn": (
        lazy("Taken back since, but relied on: %(things)s"),
        lazy("What an accused no longer admits must be proved."),
        lazy("Open the matrix"), "evidence:case-proof"),
    "replaced": (
        lazy("Replaced or taken back since it was linked: %(things)s"),
        lazy("Link what stands now."),
        lazy("Open the matrix"), "evidence:case-proof"),
    "missing": (
        lazy("Nothing proves: %(things)s"),
        lazy("Each point must be proved, for each count that has it."),
        lazy("Link the evidence"), "evidence:case-proof"),
    "contested": (
        lazy("Contested: %(things)s"),
        lazy("The other side will answer it. Is there a second piece of evidence?"),
        lazy("Open the matrix"), "evidence:case-proof"),
    "no_points": (
        lazy("No points to prove are on record for the section of count %(things)s"),
        lazy("What is missing there, nobody is told."),
        lazy("Open the matrix"), "evidence:case-proof"),
    "not_judged": (
        lazy("Linked, and not judged yet: %(things)s"),
        lazy("Evidence that is linked proves nothing until you say so."),
        lazy("Judge them"), "evidence:case-proof"),
}  # fmt: skip


def of_proceeding(
    proceeding: Proceeding, user: access.Reader, found: Matrix | None = None
) -> list[Alarm]:
    """What the undecided charges of a trial lack, drafts included, as this reader sees it."""
    case = proceeding.case
    whole = found or matrix.of(proceeding, of_case(case, user))
    return tell_all(find(whole, case, user), whole, case)


def of_sheet(sheet: ChargeSheet, user: access.Reader) -> list[Alarm]:
    """What the counts of one charge sheet lack."""
    case = sheet.proceeding.case
    own = matrix_of(sheet, case, user)
    return tell_all(find(own, case, user), own, case)


def matrix_of(sheet: ChargeSheet, case: Case, user: access.Reader) -> Matrix:
    whole = matrix.of(sheet.proceeding, of_case(case, user))
    own = tuple(one for one in whole.counts if one.count.charge_sheet_id == sheet.pk)
    return Matrix(whole.proceeding, own)


def find(found: Matrix, case: Case, user: access.Reader) -> list[Found]:
    """What the rules find in a matrix as this reader sees it; `case` carries what they may do."""
    if not found.counts:
        return []
    return rules.find(facts.read(found, case, user, of_case(case, user)))


def tell_all(told: Sequence[Found], found: Matrix, case: Case) -> list[Alarm]:
    """In words, the gravest first."""
    everyone = tuple(sorted({
        (one.count.number, charge.accused.number) for one in found.counts for charge in one.charges
    }))  # fmt: skip
    return [tell(one, case, found.proceeding, everyone) for one in told]


def tell(one: Found, case: Case, trial: Proceeding, everyone: Sequence[Pair]) -> Alarm:
    title, why, verb, page = WORDS[one.code]
    who = ", ".join(f"A{number}" for number in sorted({n for _c, n in one.pairs}))
    most = FEW_NAMED if one.code == "no_link" else MOST_NAMED
    words = str(title) % {"who": who, "things": _named(one.things, most)}
    if one.code in ("no_report", "contradicted") and one.things:
        words = f"{words}: {_named(one.things, most)}"
    return Alarm(
        one.code, MARKS.get(one.code, "open"), words, str(why), _address(page, case, trial),
        str(verb), charges_of(one.pairs, everyone),
    )  # fmt: skip


def _address(page: str, case: Case, trial: Proceeding) -> str:
    if page == "evidence:gap-list":
        return f"{address(page)}?case={case.reference}"
    query = f"?trial={trial.pk}" if page.startswith("evidence:case-proof") else ""
    return f"{address(page, case.reference)}{query}"


def _named(things: Sequence[str], most: int) -> str:
    listed = "; ".join(things[:most])
    more = len(things) - most
    return listed if more <= 0 else _("%(listed)s and %(n)d more") % {"listed": listed, "n": more}


def charges_of(pairs: Sequence[Pair], everyone: Sequence[Pair]) -> str:
    """`Count 1: all accused`, or by count those who are meant."""
    by_accused: dict[str, list[int]] = {}
    for count in sorted({count for count, _a in pairs}):
        own = [number for number_of, number in pairs if number_of == count]
        charged = [number for number_of, number in everyone if number_of == count]
        who = ", ".join(f"A{number}" for number in own)
        if set(own) == set(charged) and len(charged) > 1:
            who = _("all accused")
        by_accused.setdefault(who, []).append(count)
    told = []
    for who, counts in by_accused.items():
        listed = ", ".join(map(str, counts))
        words = _("Count %(n)s: %(who)s") if len(counts) == 1 else _("Counts %(n)s: %(who)s")
        told.append(words % {"n": listed, "who": who})
    return "; ".join(told)
