"""Everything the case page shows, read in a fixed number of queries into frozen values."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from casework import access, roles, submissions
from casework.models import (
    Accused,
    BailDecision,
    Case,
    CaseGroupGrant,
    CaseUserGrant,
    Charge,
    Hearing,
    Outcome,
)
from casework.procedure import standing
from casework.roles import ROLES
from evidence import course, gap_lacks, gaps, lacks
from evidence.course import Stage
from evidence.lacks import Lack
from evidence.models import Exhibit
from evidence.proof import proof_lacks
from evidence.reading import of_case


@dataclass(frozen=True)
class AccusedRow:
    accused: Accused
    counts: tuple[int, ...]
    outcomes: tuple[str, ...]
    bail: str


@dataclass(frozen=True)
class Member:
    role: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class SummaryVersion:
    number: int
    by: str
    at: datetime


@dataclass(frozen=True)
class CasePage:
    stages: tuple[Stage, ...]
    step_word: str
    step_number: int
    lacks: tuple[Lack, ...]
    weight_mg: int | None
    next_hearing: Hearing | None
    accused: tuple[AccusedRow, ...]
    team: tuple[Member, ...]
    prosecutors: tuple[str, ...]
    summary: SummaryVersion | None
    is_waiting: bool  # for the prosecutor's decision


def read(case: Case, user: access.Reader) -> CasePage:
    """The page of one case that this user may read."""
    cases = Case.objects.filter(pk=case.pk)
    read_rows = of_case(case, user)
    counted = course.annotate(lacks.annotate(cases, read_rows), read_rows).get()
    stages = course.of(counted)
    word, number = course.step(stages)
    team = _team(case)
    return CasePage(
        stages=tuple(stages),
        step_word=word,
        step_number=number,
        lacks=(
            *_of_chains(case, user),
            *_lacks(case, counted),
            *proof_lacks.of_cases([case], read_rows).get(case.pk, ()),
        ),
        weight_mg=course.seized_weight(case),
        next_hearing=_next_hearing(case),
        accused=tuple(_accused(case)),
        team=team,
        prosecutors=next((member.names for member in team if member.role == "prosecutor"), ()),
        summary=_summary_version(case),
        is_waiting=submissions.waiting_for(case) is not None,
    )


def _of_chains(case: Case, user: access.Reader) -> list[Lack]:
    if case.status in lacks.ENDED:
        return []
    rows = of_case(case, user)(Exhibit.objects)
    return gap_lacks.of(gaps.standing(rows), case.reference)


def _lacks(case: Case, counted: Any) -> tuple[Lack, ...]:
    """What the case lacks; who may not write the summary is told so without a link to nowhere."""
    edit = lacks.address("casework:case-edit", case.reference)
    may_edit = roles.EDIT in case.granted_actions
    found = lacks.of(counted)
    return tuple(one if may_edit or one.url != edit else replace(one, url="") for one in found)


def _next_hearing(case: Case) -> Hearing | None:
    listed = Hearing.objects.of_case(case).filter(
        state=Hearing.State.LISTED, starts_at__gte=timezone.now()
    )
    found: Hearing | None = listed.select_related("proceeding__court").first()
    return found


def _accused(case: Case) -> list[AccusedRow]:
    decided = Outcome.objects.current().filter(charge=OuterRef("pk"))
    charges = (
        standing.once(Charge.objects.of_case(case))
        .annotate(decision=Subquery(decided.values("decision")[:1]))
        .values_list("accused", "count__number", "decision")
    )
    words = dict(Outcome.Decision.choices)
    counts: dict[int, list[int]] = {}
    outcomes: dict[int, list[str]] = {}
    for accused, number, decision in charges:
        counts.setdefault(accused, []).append(number)
        if decision:
            outcomes.setdefault(accused, []).append(str(words[decision]))
    bail = BailDecision.objects.filter(accused=OuterRef("pk")).order_by("-decided_on", "-pk")
    people = Accused.objects.of_case(case)
    return [
        AccusedRow(
            person,
            tuple(sorted(set(counts.get(person.pk, ())))),
            tuple(dict.fromkeys(outcomes.get(person.pk, ()))),
            person.bail_word or "",
        )
        for person in people.annotate(bail_word=Subquery(bail.values("decision__label")[:1]))
    ]


def _team(case: Case) -> tuple[Member, ...]:
    """Names by role, in the order of the roles; units by their name."""
    names: dict[str, list[str]] = {}
    people = CaseUserGrant.objects.live().filter(content_object=case, user__is_active=True)
    for grant in people.select_related("user", "permission").order_by("user__name"):
        names.setdefault(grant.permission.codename, []).append(grant.user.get_full_name())
    units = CaseGroupGrant.objects.live().filter(content_object=case)
    for grant in units.select_related("group__unit", "group__audited_agency", "permission"):
        names.setdefault(grant.permission.codename, []).append(_group_name(grant.group))
    return tuple(Member(role, tuple(names[role])) for role in ROLES if role in names)


def _group_name(group: Any) -> str:
    """A unit's name, or the agency whose auditors the group holds."""
    behind = getattr(group, "unit", None) or getattr(group, "audited_agency", None) or group
    return str(behind.name)


def _summary_version(case: Case) -> SummaryVersion | None:
    """Which version of the summary stands, and who wrote it; older ones are in the history."""
    rows = case.history.order_by("history_date", "history_id").values_list(
        "summary", "history_user__name", "history_date"
    )
    version: SummaryVersion | None = None
    before = ""
    for summary, name, at in rows:
        if summary != before:
            version = SummaryVersion((version.number if version else 0) + 1, name or "", at)
        before = summary
    return version
