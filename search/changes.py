"""Which documents a changed object makes out of date, as pairs of outbox kind and id."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from casework.models import (
    Accused,
    Case,
    CaseGroupGrant,
    CaseUserGrant,
    Charge,
    ChargeSheet,
    Count,
    DiaryEntry,
    Hearing,
    Outcome,
    Plea,
    Proceeding,
    RouteCountry,
    SeizedItem,
    Seizure,
    Sentence,
    User,
)
from evidence.models import Attachment, CustodyEvent, Exhibit
from kyc.models import BillOfLading, Consignment, Container, Fact, Involvement, Party, Seal
from search.scope import WHOLE_CASE

Affected = Iterator[tuple[str, int]]


def affected(instance: models.Model) -> Affected:
    """An object that no document mentions affects nothing."""
    match instance:
        case User():
            yield from _each(WHOLE_CASE, instance.led_cases.all())
            yield from _each("exhibit", instance.held_exhibits.all())
        case Case() | CaseUserGrant() | CaseGroupGrant():
            yield WHOLE_CASE, getattr(instance, "content_object_id", instance.pk)
        case Seizure():
            yield WHOLE_CASE, instance.case_id
        case SeizedItem() | RouteCountry() | Consignment():
            yield WHOLE_CASE, instance.seizure.case_id
        case Container() | Seal() | BillOfLading():
            yield "consignment", instance.consignment_id
        case Party() | Fact() | Involvement():
            yield from _of_register(instance)
        case Exhibit() | CustodyEvent() | Attachment():
            yield from _of_things(instance)
        case _:
            yield from _of_court(instance)


def _of_register(instance: Party | Fact | Involvement) -> Affected:
    match instance:
        case Involvement():
            yield "involvement", instance.pk
            # Whether a fact from the case is found with the case alone depends on this part.
            yield from _each(
                "fact", Fact.objects.filter(party=instance.party_id, case__isnull=False)
            )
        case Fact() if instance.case_id is not None:
            yield "fact", instance.pk
        case Fact():
            yield "party", instance.party.merged_into_id or instance.party_id
            yield from _each("involvement", Involvement.objects.filter(party=instance.party_id))
        case Party():
            yield "party", instance.pk  # an absorbed one goes, and is found as the kept one
            if instance.merged_into_id is not None:
                yield "party", instance.merged_into_id
            yield from _each("involvement", instance.involvements.all())
            yield from _each("fact", instance.facts.filter(case__isnull=False))


def _of_things(instance: Exhibit | CustodyEvent | Attachment) -> Affected:
    match instance:
        case Exhibit():
            yield "exhibit", instance.pk
            yield from _each("custody", instance.custody.all())
            yield from _each("file", instance.attachments.all())
        case CustodyEvent():
            yield "custody", instance.pk
            yield "exhibit", instance.exhibit_id
        case Attachment():
            yield "file", instance.pk


def _of_court(instance: models.Model) -> Affected:
    match instance:
        case DiaryEntry():
            yield "note", instance.pk
        case Accused():
            yield "accused", instance.pk
        case Hearing():
            yield "hearing", instance.pk
        case Proceeding():
            yield "proceeding", instance.pk
            yield from _each("hearing", instance.hearings.all())
        case ChargeSheet() | Outcome():
            yield "proceeding", instance.proceeding_id
        case Count():
            yield "proceeding", instance.charge_sheet.proceeding_id
        case Charge():
            yield "proceeding", instance.count.charge_sheet.proceeding_id
        case Plea():
            yield "proceeding", instance.charge.count.charge_sheet.proceeding_id
        case Sentence():
            yield "proceeding", instance.outcome.proceeding_id


def _each(kind: str, rows: Any) -> Affected:
    yield from ((kind, pk) for pk in rows.order_by().values_list("pk", flat=True))
