"""The charges and counts that stand, wherever they are tried: over all filed versions of a charge
sheet, without those that an amended count replaced."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.models import Case, Charge, Count, Outcome, Proceeding


def substituted() -> Exists:
    """Whether an amended count stands in the place of this charge."""
    gone = Outcome.objects.current().filter(decision=Outcome.Decision.SUBSTITUTED)
    return Exists(gone.filter(charge=OuterRef("pk")))


def replaced() -> Q:
    """Whether a filed amendment put another count in the place of this one, for all its accused."""
    undecided = Charge.objects.filter(count=OuterRef("pk"), outcomes=None)
    amended = Count.objects.filter(replaces=OuterRef("pk"), charge_sheet__filed_on__isnull=False)
    return Q(Exists(amended)) & ~Q(Exists(undecided))


def once(charges: "QuerySet[Charge]") -> "QuerySet[Charge]":
    """Each charge once: neither what an amended count replaced, nor what a draft would put in
    the place of a charge that stands."""
    drafted = Q(count__replaces__isnull=False, count__charge_sheet__filed_on=None)
    return charges.exclude(substituted()).exclude(drafted)


def of_case(case: Case) -> "QuerySet[Charge]":
    """The filed charges of a case that stand."""
    rows: QuerySet[Charge] = (
        Charge.objects.filter(
            count__charge_sheet__proceeding__case=case,
            count__charge_sheet__filed_on__isnull=False,
        )
        .exclude(substituted())
        .select_related("count__charge_sheet", "accused")
        .order_by("count__number", "count__charge_sheet__version", "accused__number")
    )
    return rows


def live_charges(proceeding: Proceeding) -> "QuerySet[Charge]":
    """The charges this court decides on: of a trial those tried there now, of a retrial those that
    were sent back to it, of an appeal those it is about."""
    return of_case(proceeding.case).filter(_of(proceeding))


def _of(proceeding: Proceeding) -> Q:
    """What this court decides on, as a condition on charges."""
    if proceeding.kind == Proceeding.Kind.TRIAL:
        return Q(tried_in=proceeding) | Q(
            tried_in=None, count__charge_sheet__proceeding=proceeding
        )  # fmt: skip
    below = _decided(proceeding.parent)
    if proceeding.kind == Proceeding.Kind.RETRIAL:
        return Q(Exists(below.filter(decision=Outcome.Decision.RETRIAL)))
    if proceeding.appealed.exists():
        return Q(pk__in=proceeding.appealed.values("pk"))
    return Q(Exists(below.filter(decided_on__lte=proceeding.opened_on)))


def _decided(by: Proceeding | None) -> "QuerySet[Outcome]":
    rows: QuerySet[Outcome] = Outcome.objects.filter(charge=OuterRef("pk"), proceeding=by)
    return rows.exclude(superseded_by__is_correction=True)


def live_counts(trial: Proceeding) -> "QuerySet[Count]":
    """The counts of a trial as they stand, by number."""
    counts: QuerySet[Count] = (
        Count.objects.filter(pk__in=live_charges(trial).values("count"))
        .select_related("provision", "charge_sheet")
        .order_by("number", "charge_sheet__version")
    )
    return counts
