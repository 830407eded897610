"""Counts held against what experts found: the alarm where they contradict, and its answer.

An alarm ends by an answer of the prosecutor that stays on record, by a newer report, or by a
charge that names another species. Nothing dismisses it silently.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Concat
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, display, roles, row_digests, stages
from casework.errors import RuleBroken
from casework.models import Case, Count, Listing, Proceeding, Taxon, User
from casework.procedure import standing
from evidence.models import CountAnswer, Exhibit, Finding
from evidence.papers import species
from evidence.papers.species import Species
from evidence.reading import Reading, of_case

MARKS = {"agrees": "full", "weaker": "half", "contradicts": "cross", "unclear": "half",
         "open": "half"}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One count beside one finding."""

    count: Count
    finding: Finding
    relation: str
    sentence: str
    listing: str = ""  # what the law says differently of the two
    answers: tuple[CountAnswer, ...] = ()

    @property
    def is_alarm(self) -> bool:
        return self.relation == "contradicts" and not self.answers

    @property
    def mark(self) -> str:
        return "half" if self.answers else MARKS[self.relation]


def contradicted(read: Reading) -> QuerySet[Count]:
    """The counts of trials that a standing finding contradicts, `since` when, unanswered."""
    named = Count.exhibits.through.objects.filter(count=OuterRef(OuterRef("pk")))
    about = Q(item__exhibit__counts=OuterRef("pk")) | Q(
        item__exhibit__parent__counts=OuterRef("pk")
    )
    said, space = "taxon__scientific_name", Value(" ")
    answered = CountAnswer.objects.filter(finding=OuterRef("pk"), count=OuterRef(OuterRef("pk")))
    findings = (
        read(Finding.objects)
        .filter(
            about | ~Exists(named),
            report__request__case=OuterRef("charge_sheet__proceeding__case"),
            report__successor__isnull=True,
            taxon__isnull=False,
        )
        .exclude(certainty=Finding.Certainty.OPEN)
        .annotate(said=ExpressionWrapper(OuterRef(said), output_field=CharField()))
        .exclude(taxon__scientific_name=F("said"))
        .exclude(taxon__scientific_name__startswith=Concat(F("said"), space))
        .exclude(said__startswith=Concat(F("taxon__scientific_name"), space))
        .exclude(taxon__family=F("said"))
        .exclude(taxon__order=F("said"))
        .exclude(taxon__scientific_name=OuterRef("taxon__family"))
        .exclude(taxon__scientific_name=OuterRef("taxon__order"))
        .filter(~Exists(answered))
    )
    trials = [Proceeding.Kind.TRIAL, Proceeding.Kind.RETRIAL]
    named_in_trial = read(Count.objects).filter(
        Exists(findings), ~standing.replaced(), taxon__isnull=False,
        charge_sheet__proceeding__kind__in=trials,
    )  # fmt: skip
    said_at = findings.order_by("report__recorded_at").values("report__recorded_at")
    dated: QuerySet[Count] = named_in_trial.annotate(since=Subquery(said_at[:1]))
    return dated


def of(case: Case, user: access.Reader) -> list[Compared]:
    """Every count that names a species beside every standing finding about its things."""
    read = of_case(case, user)
    counts = list(
        read(Count.objects)
        .filter(charge_sheet__proceeding__case=case, taxon__isnull=False)
        .exclude(charge_sheet__proceeding__kind=Proceeding.Kind.APPEAL)
        .select_related("taxon", "charge_sheet__proceeding")
        .prefetch_related("exhibits")
        .order_by("charge_sheet", "number")
    )
    related = ("taxon", "item__exhibit", "report__request__laboratory", "report__paper")
    findings = list(
        read(Finding.objects)
        .filter(report__request__case=case, report__successor__isnull=True)
        .select_related(*related)
        .order_by("report__reported_on", "pk")
    )
    answers: dict[tuple[int, int], list[CountAnswer]] = {}
    for row in read(CountAnswer.objects).filter(finding__in=findings).select_related("recorded_by"):
        answers.setdefault((row.count_id, row.finding_id), []).append(row)
    found = [compare(one, finding) for one in counts for finding in findings if about(one, finding)]
    laws = _listings(found)
    return [
        replace(
            one,
            listing=_law(one, laws),
            answers=tuple(answers.get((one.count.pk, one.finding.pk), ())),
        )
        for one in found
    ]


def about(count: Count, finding: Finding) -> bool:
    """A count that names no exhibit is about them all; a sample speaks for what it is of."""
    named = {exhibit.pk for exhibit in count.exhibits.all()}
    exhibit = finding.item.exhibit
    return not named or bool(named & {exhibit.pk, exhibit.parent_id})


def species_of(taxon: Taxon | None, words: str = "") -> Species:
    if taxon is None:
        return Species(words, is_known=False)
    return Species(taxon.scientific_name, taxon.rank, taxon.family, taxon.order)


def compare(count: Count, finding: Finding) -> Compared:
    found = species_of(finding.taxon, finding.taxon_as_given)
    is_determined = finding.certainty != Finding.Certainty.OPEN
    how = species.relation(species_of(count.taxon), found, is_determined=is_determined)
    words = {
        "n": count.number,
        "said": _named(count.taxon),
        "label": finding.item.exhibit.label,
        "found": _named(finding.taxon) or finding.taxon_as_given,
        "expert": finding.report.expert,
        "day": display.day(finding.report.reported_on),
    }
    return Compared(count, finding, how, _sentence(how) % words)


def _sentence(how: str) -> str:
    return {
        "agrees": say("Count %(n)d says %(said)s; %(expert)s found the same in %(label)s."),
        "weaker": say("Count %(n)d says %(said)s; the report on %(label)s goes no further than "
                      "%(found)s."),
        "contradicts": say("Count %(n)d says %(said)s, but %(expert)s found %(found)s in %(label)s "
                           "(%(day)s)."),
        "unclear": say("Count %(n)d says %(said)s; the report on %(label)s says “%(found)s”. "
                       "Compare them."),
        "open": say("Count %(n)d says %(said)s; the report could not tell the species of "
                    "%(label)s."),
    }[how]  # fmt: skip


def _named(taxon: Taxon | None) -> str:
    if taxon is None:
        return ""
    return f"{taxon.scientific_name} ({taxon.common_name})" if taxon.common_name else str(taxon)


def _listings(found: list[Compared]) -> dict[int, list[Listing]]:
    taxa = {pk for one in found for pk in (one.count.taxon_id, one.finding.taxon_id) if pk}
    rows: dict[int, list[Listing]] = {}
    for row in Listing.objects.filter(taxon__in=taxa).order_by("scheme", "appendix"):
        rows.setdefault(row.taxon_id, []).append(row)
    return rows


def _law(one: Compared, laws: dict[int, list[Listing]]) -> str:
    """Where the two stood in the lists on the day of the offence, if not at the same place."""
    if one.relation == "agrees" or one.finding.taxon_id is None:
        return ""
    day = one.count.offence_on
    said, found = (
        _places(laws.get(pk or 0, []), day) for pk in (one.count.taxon_id, one.finding.taxon_id)
    )
    if said == found:
        return ""
    none = say("not listed")
    return say("On %(day)s the one charged was %(said)s, the one found %(found)s.") % {
        "day": display.day(day), "said": said or none, "found": found or none,
    }  # fmt: skip


def _places(rows: list[Listing], day: date) -> str:
    standing = [
        f"{row.scheme} {row.appendix}"
        for row in rows
        if (row.valid_from is None or row.valid_from <= day)
        and (row.valid_to is None or row.valid_to >= day)
    ]
    return ", ".join(standing)


@transaction.atomic
def answer(
    count: Count, finding: Finding, *, how: str, note: str, decided_on: date, actor: User
) -> CountAnswer:
    """The prosecutor answers the alarm; answer and alarm stay on record.

    Raises RuleBroken where there is no alarm, or the charge is still a draft to be changed.
    """
    case = count.charge_sheet.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    standing = [one for one in of(case, actor) if (one.count, one.finding) == (count, finding)]
    if not standing or not standing[0].is_alarm:
        raise RuleBroken(_("This finding does not contradict the count, or is answered already."))
    if count.charge_sheet.filed_on is None:
        raise RuleBroken(_("The charge is a draft still. Change the count itself."))
    stages.check_day(
        decided_on, field="decided_on", after=finding.report.reported_on,
        after_what=_("the day of the report"),
    )  # fmt: skip
    row = CountAnswer(
        count=count, finding=finding, how=how, note=note.strip(), decided_on=decided_on,
        recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    row.full_clean()
    row.save()
    rows = row_digests.of([row])
    audit.record("count.answer", actor=actor, case=case, subject=count, how=how, rows=rows)
    return row


@transaction.atomic
def name_species(
    count: Count, *, taxon: Taxon | None, exhibits: list[Exhibit], actor: User
) -> Count:
    """Say of which species a count speaks, and of which exhibits; its words stay as they are.

    Also of a charge that is filed: it changes nothing of what was filed.
    """
    case = count.charge_sheet.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    if any(exhibit.case_id != case.pk for exhibit in exhibits):
        raise RuleBroken(_("Choose exhibits of this case."), field="exhibits")
    count.refresh_from_db()
    count.taxon = taxon
    audit.sign(count, actor, say("Species and exhibits named"))
    count.save()
    count.exhibits.set(_with_unseen(count, exhibits, actor))
    audit.record(
        "count.species", actor=actor, case=case, subject=count,
        taxon=str(taxon or ""), exhibits=sorted(exhibit.label for exhibit in exhibits),
    )  # fmt: skip
    return count


def _with_unseen(count: Count, exhibits: list[Exhibit], actor: User) -> list[Any]:
    """What the actor may not see is not theirs to take off the count."""
    seen = Exhibit.objects.visible_to(actor)
    return [*exhibits, *count.exhibits.exclude(pk__in=seen.values("pk"))]
