"""The court's side of a snapshot: accused, proceedings with sheets, counts, outcomes, hearings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from casework.hearings import SIDES
from casework.models import (
    Accused,
    BailDecision,
    Case,
    Charge,
    ChargeSheet,
    Code,
    Count,
    Hearing,
    Outcome,
    Plea,
    Proceeding,
    Sentence,
    User,
)
from casework.sentencing import sentences, term_words
from evidence.dossier import snapshot
from evidence.dossier.collect_people import maybe

R = TypeVar("R")
SHEET = "charge_sheet__proceeding__case"


def accused(case: Case, actor: User) -> tuple[snapshot.Accused, ...]:
    rows = Accused.objects.visible_to(actor).filter(case=case).order_by("number")
    countries = dict(Code.objects.kind("country").values_list("code", "label"))
    return tuple(
        snapshot.Accused(
            number=row.number,
            name=row.name,
            born_on=row.born_on,
            nationality=countries.get(row.nationality, row.nationality),
            occupation=row.occupation,
            arrested_on=row.arrested_on,
        )
        for row in rows
    )


def proceedings(case: Case, actor: User) -> tuple[snapshot.Proceeding, ...]:
    rows = Proceeding.objects.visible_to(actor).filter(case=case).order_by("opened_on", "pk")
    sheets = _sheets(case, actor)
    hearings = _by("proceeding_id", _hearings(case, actor))
    bail = _by("proceeding_id", _bail(case, actor))
    related = rows.select_related("court", "parent__court", "prosecutor__agency")
    return tuple(
        snapshot.Proceeding(
            kind=row.get_kind_display(),
            court=str(row.court),
            number=row.number,
            appeal_from=f"{row.parent.court}, {row.parent.number}" if row.parent else "",
            appellant_side=row.get_appellant_side_display() if row.appellant_side else "",
            presiding=row.presiding,
            prosecutor=maybe(row.prosecutor),
            opened_on=row.opened_on,
            sheets=tuple(sheets.get(row.pk, ())),
            hearings=tuple(_hearing(one) for one in hearings[row.pk]),
            bail=tuple(_bail_decision(one) for one in bail[row.pk]),
        )
        for row in related
    )


def _by(name: str, rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _hearings(case: Case, actor: User) -> Any:
    rows = Hearing.objects.visible_to(actor).filter(proceeding__case=case)
    return rows.select_related("kind", "adjournment_reason").order_by("starts_at", "pk")


def _hearing(row: Hearing) -> snapshot.Hearing:
    return snapshot.Hearing(
        kind=row.kind.label,
        starts_at=row.starts_at,
        courtroom=row.courtroom,
        presiding=row.presiding,
        state=row.state,
        state_title=row.get_state_display(),
        present=row.present,
        note=row.note,
        adjournment_reason=row.adjournment_reason.label if row.adjournment_reason else "",
        side=str(SIDES.get(row.side, row.side)),
    )


def _bail(case: Case, actor: User) -> Any:
    rows = BailDecision.objects.visible_to(actor).filter(proceeding__case=case)
    return rows.select_related("decision", "accused").order_by("decided_on", "pk")


def _bail_decision(row: BailDecision) -> snapshot.Bail:
    return snapshot.Bail(
        accused=row.accused.number,
        decision=row.decision.label,
        decided_on=row.decided_on,
        amount=row.amount,
        currency=row.currency,
        conditions="; ".join(
            filter(None, (row.conditions, f"Sureties: {row.sureties}" if row.sureties else ""))
        ),
    )


def _sheets(case: Case, actor: User) -> Mapping[int, list[snapshot.ChargeSheet]]:
    rows = ChargeSheet.objects.visible_to(actor).filter(proceeding__case=case)
    counts = _counts(case, actor)
    found: dict[int, list[snapshot.ChargeSheet]] = defaultdict(list)
    for row in rows.select_related("filed_by__agency").order_by("proceeding", "version"):
        sheet = snapshot.ChargeSheet(
            version=row.version,
            filed_on=row.filed_on,
            filed_by=maybe(row.filed_by),
            counts=tuple(counts.get(row.pk, ())),
        )
        found[row.proceeding_id].append(sheet)
    return found


def _counts(case: Case, actor: User) -> Mapping[int, list[snapshot.Count]]:
    rows = Count.objects.visible_to(actor).filter(**{SHEET: case})
    charges = _charges(case, actor)
    found: dict[int, list[snapshot.Count]] = defaultdict(list)
    for row in rows.select_related("provision").order_by("number"):
        count = snapshot.Count(
            number=row.number,
            provision=str(row.provision),
            offence=row.offence,
            particulars=row.particulars,
            offence_on=row.offence_on,
            offence_until=row.offence_until,
            charges=tuple(charges.get(row.pk, ())),
        )
        found[row.charge_sheet_id].append(count)
    return found


def _charges(case: Case, actor: User) -> Mapping[int, list[snapshot.Charge]]:
    rows = Charge.objects.visible_to(actor).filter(**{f"count__{SHEET}": case})
    pleas = _by("charge_id", Plea.objects.visible_to(actor).filter(**_of(case)).order_by("pk"))
    outcomes = _outcomes(case, actor)
    found: dict[int, list[snapshot.Charge]] = defaultdict(list)
    for row in rows.select_related("accused").order_by("accused__number"):
        charge = snapshot.Charge(
            accused=row.accused.number,
            pleas=tuple(
                snapshot.Plea(plea=one.get_plea_display(), entered_on=one.entered_on)
                for one in pleas[row.pk]
            ),
            outcomes=tuple(outcomes.get(row.pk, ())),
        )
        found[row.count_id].append(charge)
    return found


def _of(case: Case) -> dict[str, Case]:
    return {f"charge__count__{SHEET}": case}


def _outcomes(case: Case, actor: User) -> Mapping[int, list[snapshot.Outcome]]:
    rows = Outcome.objects.visible_to(actor).filter(**_of(case))
    related = list(
        rows.select_related(
            "proceeding__court", "sentence__after__outcome__charge__count", "superseded_by"
        ).order_by("decided_on", "recorded_at", "pk")
    )
    lines = _by("charge_id", sorted(related, key=lambda row: row.pk))
    found: dict[int, list[snapshot.Outcome]] = defaultdict(list)
    for row in related:
        is_current = getattr(row, "superseded_by", None) is None
        sentence = getattr(row, "sentence", None)
        if is_current:  # an appeal that upholds a conviction leaves its sentence in force
            sentence = sentences.in_force(lines[row.charge_id])
        outcome = snapshot.Outcome(
            decision=row.get_decision_display(),
            decided_on=row.decided_on,
            court=str(row.proceeding.court),
            is_appeal=row.proceeding.kind == Proceeding.Kind.APPEAL,
            is_correction=row.is_correction,
            is_current=is_current,
            reason=row.reason,
            sentence=_sentence(sentence) if sentence else None,
        )
        found[row.charge_id].append(outcome)
    return found


def _sentence(row: Sentence) -> snapshot.Sentence:
    return snapshot.Sentence(
        imprisonment_days=row.imprisonment_days,
        is_life=row.is_life,
        fine=row.fine,
        currency=row.currency,
        default_days=row.default_days,
        other=row.other,
        running=tuple(term_words.running(row)),
    )
