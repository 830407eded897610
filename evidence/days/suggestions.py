"""What a hearing is likely to need: witnesses not heard yet, exhibits, interpreters.

Only a suggestion: somebody takes it, or leaves it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from casework.days import needs
from casework.models import (
    Accused,
    Appearance,
    Case,
    Code,
    Hearing,
    HearingNeed,
    PresidingChange,
    Summons,
    User,
    Witness,
)
from casework.procedure import standing
from evidence.days.readiness import WITH_EVIDENCE
from evidence.models import CourtMark, Exhibit

Kind = HearingNeed.Kind


@dataclass(frozen=True)
class Suggestion:
    """Something the hearing may need; `key` names it in a form."""

    key: str
    kind: str
    title: str
    why: str
    fields: dict[str, Any]


def of(hearing: Hearing, case: Case) -> list[Suggestion]:
    """For a hearing to come, without what is among its needs already."""
    if hearing.state != Hearing.State.LISTED:
        return []
    there = list(HearingNeed.objects.of_case(case).filter(hearing=hearing))
    found: list[Suggestion] = []
    if hearing.kind.code in WITH_EVIDENCE:
        found += _witnesses(hearing, case, {need.witness_id for need in there if need.witness_id})
        found += _exhibits(hearing, case, {need.exhibit_id for need in there if need.exhibit_id})
    spoken = {need.language.casefold() for need in there}
    return [*found, *_interpreters(hearing, case, spoken)]


def _witnesses(hearing: Hearing, case: Case, there: set[int]) -> Iterator[Suggestion]:
    for witness in unheard(hearing, case).exclude(pk__in=there):
        is_expert = witness.kind == Witness.Kind.EXPERT
        yield Suggestion(
            f"witness-{witness.pk}", Kind.EXPERT if is_expert else Kind.WITNESS, str(witness),
            witness.proves or _("Not heard yet"), {"witness": witness},
        )  # fmt: skip


def unheard(hearing: Hearing, case: Case) -> QuerySet[Any]:
    """Witnesses to be called whom this court has not heard since the trial last began."""
    begun = (
        PresidingChange.objects.filter(proceeding=hearing.proceeding_id, is_heard_anew=True)
        .order_by("-changed_on")
        .values_list("changed_on", flat=True)
        .first()
    )
    heard = Appearance.objects.filter(
        witness=OuterRef("pk"), has_testified=True, hearing__proceeding=hearing.proceeding_id
    )
    if begun is not None:
        heard = heard.filter(hearing__starts_at__date__gte=begun)
    rows: QuerySet[Any] = Witness.objects.of_case(case).filter(is_dropped=False)
    return rows.filter(~Exists(heard)).order_by("number")


def _exhibits(hearing: Hearing, case: Case, there: set[int]) -> Iterator[Suggestion]:
    """What the counts name and no court has taken in evidence."""
    hearing.proceeding.case = case
    counts = standing.live_counts(hearing.proceeding)
    admitted = CourtMark.objects.standing().filter(
        exhibit=OuterRef("pk"), kind=CourtMark.Kind.ADMITTED
    )
    rows = Exhibit.objects.of_case(case).filter(~Exists(admitted), counts__in=counts)
    for exhibit in rows.exclude(pk__in=there).distinct().order_by("pk"):
        yield Suggestion(
            f"exhibit-{exhibit.pk}", Kind.EXHIBIT, f"{exhibit.label} {exhibit.description}",
            _("A count names it"), {"exhibit": exhibit},
        )  # fmt: skip


def _interpreters(hearing: Hearing, case: Case, spoken: set[str]) -> Iterator[Suggestion]:
    """For the accused, and for witnesses who are needed or called, by their languages."""
    names = Code.objects.kind("court_language").values_list("code", "label")
    known = {name.casefold() for row in names for name in row} | spoken
    called = Summons.objects.of_case(case).filter(hearing=hearing).values("witness")
    needed = HearingNeed.objects.of_case(case).filter(hearing=hearing).values("witness")
    witnesses = Witness.objects.of_case(case)
    people: Iterable[Any] = (
        *Accused.objects.filter(case=case).exclude(language=""),
        *witnesses.filter(pk__in=called).exclude(language=""),
        *witnesses.filter(pk__in=needed).exclude(language=""),
    )
    for person in people:
        language = person.language.strip()
        if language.casefold() not in known:
            known.add(language.casefold())
            yield Suggestion(
                f"interpreter-{language.casefold()}", Kind.INTERPRETER,
                _("Interpreter: %(language)s") % {"language": language},
                _("For %(who)s") % {"who": person}, {"language": language},
            )  # fmt: skip


@transaction.atomic
def take(hearing: Hearing, keys: Iterable[str], *, case: Case, actor: User) -> list[HearingNeed]:
    """Add the chosen suggestions to the needs; one that is gone meanwhile is left out."""
    wanted = set(keys)
    return [
        needs.add(hearing, kind=one.kind, actor=actor, **one.fields)
        for one in of(hearing, case)
        if one.key in wanted
    ]
