"""What each number means, in few words; docs/metrics.md has the whole of it."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

Words = tuple[tuple[StrOrPromise, StrOrPromise], ...]
TOO_FEW = (
    _("Too few to tell"),
    _("No rate on fewer than five, and none from which such a rate could be worked out: the next "
      "larger group is then not shown either."),
)  # fmt: skip
DEFINITIONS: dict[str, Words] = {
    "convictions": (
        (_("Convicted"),
         _("At least one count ends in a conviction. After appeals: one that stands on the day "
           "asked for. At first instance: as the trial court first decided, corrections of the "
           "record included.")),
        (_("Unit"),
         _("A seizure or a case takes the outcome of all its charges; an accused of all counts "
           "against them; a count is one count against one accused.")),
        (_("Concluded in"),
         _("The year in which the last charge was first decided. A later appeal changes the "
           "numerator, never the cohort.")),
        (_("Filed in"),
         _("The year in which the first charge was filed. What is still open stays in the "
           "denominator.")),
        (_("Seized in"),
         _("The year of the seizure. Seizures and cases with nobody charged stay in the "
           "denominator.")),
        (_("Withdrawn"),
         _("No count was decided and at least one was withdrawn. Shown in the denominator and "
           "left out of it.")),
        (_("95 % interval"),
         _("How far a share of so few could move by chance alone (Wilson).")),
        (_("As at, known at"),
         _("What had happened by the first date, as far as it had been recorded by the second.")),
        TOO_FEW,
        (_("Whose cases"),
         _("Who holds the figures of an agency counts all its cases; others count the cases they "
           "may read. The lists behind the numbers hold only cases you may read.")),
    ),
    "funnel": (
        (_("Lost here"),
         _("Those of the step before that did not reach this one, or have not yet.")),
        (_("Somebody convicted, still convicted"),
         _("At first instance, and by what stands on the day asked for.")),
    ),
    "time": (
        (_("Still open"),
         _("Of those charged, the share not concluded so many years after the filing. What is "
           "still open counts for as long as it was watched, so that slow cases are not left out "
           "(Kaplan-Meier).")),
        (_("Band"),
         _("Where the share could lie by chance, 95 of 100 times (Greenwood).")),
        (_("End of the curve"),
         _("It ends where fewer than five are left to watch.")),
    ),
    "adjournments": (
        (_("Adjourned"), _("Of the hearings held or adjourned. A hearing vacated before its day "
                           "counts as neither.")),
        (_("Side"), _("The side that the reason lies with, unless the record says another.")),
    ),
    "sentences": (
        (_("Sentences"),
         _("One for each count and accused whose conviction stands on the day asked for, as it "
           "was last varied.")),
        (_("Wholly paid"), _("What was paid reaches the fine.")),
        (_("Term in default begun"), _("Imprisonment in place of the fine has begun.")),
    ),
    "clearance": (
        (_("Concluded of filed"),
         _("What was concluded in a year for what was filed in it, whenever that was filed.")),
    ),
    "uncharged": (
        (_("Nobody charged"),
         _("No charge against anybody had been filed in the case of the seizure by the day asked "
           "for.")),
    ),
    "delays": (
        (_("Half within, nine in ten"),
         _("Median and ninetieth percentile of the days between two steps, of those that took "
           "both.")),
    ),
    "breakdown": (
        (_("Groups"),
         _("Agency: whose case it is. Court: where the first charge was filed. Species: of the "
           "first thing seized that names one. Port: of the first seizure.")),
        TOO_FEW,
    ),
}  # fmt: skip


def of(key: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(said)) for name, said in DEFINITIONS[key])
