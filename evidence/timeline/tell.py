"""One function per kind of row: what the timeline says of it. Texts stay plain; pages escape."""

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import display
from casework.hearings import SIDES
from casework.models import (
    ChargeSheet,
    DiaryEntry,
    Hearing,
    Outcome,
    Plea,
    Proceeding,
    Seizure,
    Submission,
)
from evidence.lacks import address
from evidence.models import Attachment, CustodyEvent
from evidence.timeline.moment import Moment
from kyc.models import BillOfLading, EntryVersion, Fact, Involvement, Seal

STANDING_MARKS = {
    Fact.Standing.VERIFIED: "full",
    Fact.Standing.OWN_WORD: "half",
    Fact.Standing.UNKNOWN: "open",
    Fact.Standing.CONTRADICTED: "cross",
}
OUTCOME_MARKS = {
    Outcome.Decision.CONVICTED_PLEA: "full",
    Outcome.Decision.CONVICTED_TRIAL: "full",
    Outcome.Decision.RETRIAL: "half",
    Outcome.Decision.SUBSTITUTED: "half",
    Outcome.Decision.NO_FINDING: "full",
}  # whatever else ends a charge is a cross: lost to the prosecution
BROKEN_STATES = (Hearing.State.ADJOURNED, Hearing.State.VACATED)


def _joined(*parts: str, between: str = ", ") -> str:
    return between.join(part for part in parts if part)


def seizure(row: Seizure) -> Moment:
    place = _joined(row.place, str(row.port) if row.port else "")
    declared = _("declared as %(goods)s") % {"goods": row.declared_goods}
    by = _("By %(person)s, recorded %(when)s") % {
        "person": row.recorded_by,
        "when": display.when(row.recorded_at),
    }
    rest = _joined(place, declared if row.declared_goods else "")
    return Moment(
        row.seized_at if row.is_time_known else timezone.localtime(row.seized_at).date(),
        _("Seized."), rest=rest, by=by, url="",
    )  # fmt: skip


def custody(row: CustodyEvent) -> Moment:
    people = _people(row)
    is_open = row.kind == CustodyEvent.Kind.OFFERED and not hasattr(row, "answer")
    return Moment(
        row.happened_at,
        f"{row.get_kind_display()}.",
        (row.exhibit.label,),
        _joined(people, row.purpose, row.place),
        _readings(row, is_open),
        _custody_mark(row, is_open),
        "dashed" if is_open else "",
        address("evidence:exhibit", row.exhibit.case.reference, row.exhibit.label),
        ("custody", row.kind, row.happened_at, row.from_name, row.to_name, is_open),
        joint=" " if people else ", ",
    )


def _people(row: CustodyEvent) -> str:
    giver = _("by %(name)s") % {"name": row.from_name} if row.from_name else ""
    if row.kind == CustodyEvent.Kind.REFUSED:
        asked = _("by %(name)s, asked by %(giver)s")
        return asked % {"name": row.to_name, "giver": row.from_name}
    return _joined(
        giver, _("to %(name)s") % {"name": row.to_name} if row.to_name else "", between=" "
    )


def _custody_mark(row: CustodyEvent, is_open: bool) -> str:
    if row.kind == CustodyEvent.Kind.REFUSED or row.seal_intact is False:
        return "cross"
    return "half" if is_open or row.discrepancy else "full"


def _readings(row: CustodyEvent, is_open: bool) -> str:
    return _joined(
        _("Not acknowledged yet") if is_open else "",
        _("Difference: %(text)s") % {"text": row.discrepancy.rstrip(".")}
        if row.discrepancy
        else "",
        _("Recorded by %(name)s") % {"name": row.recorder_name},
        between=". ",
    )


def bill(row: BillOfLading) -> Moment:
    """The first version came; a later one was changed by somebody."""
    people = _joined(row.shipper, row.consignee, row.notify_party)
    source = _("Received from %(name)s") % {"name": row.received_from} if row.received_from else ""
    word = _("Bill of lading.") if row.version == 1 else _("Bill of lading changed.")
    return Moment(
        row.changed_at or row.received_on or row.issued_on or row.recorded_at,
        word, (row.number,), _joined(_version(row.version), people),
        _joined(_changed_by(row.changed_by), row.change_reason, source, between=". "), "half",
    )  # fmt: skip


def entry(row: EntryVersion) -> Moment:
    word = _("Customs entry.") if row.version == 1 else _("Customs entry changed.")
    lane = _("Lane: %(lane)s") % {"lane": row.get_lane_display()} if row.lane else ""
    source = _("Received from %(name)s") % {"name": row.received_from} if row.received_from else ""
    return Moment(
        row.lodged_at or row.recorded_at,
        word, (row.number,), _joined(_version(row.version), row.exporter, row.consignee),
        _joined(lane, _changed_by(row.changed_by), source, between=". "), "half",
    )  # fmt: skip


def _version(number: int) -> str:
    return _("version %(n)d") % {"n": number} if number > 1 else ""


def _changed_by(name: str) -> str:
    return _("Changed by %(name)s") % {"name": name} if name else ""


def seal(row: Seal) -> Moment:
    mark = "full" if row.is_intact else "half" if row.is_intact is None else "cross"
    at = row.seen_on or timezone.localdate()
    stage = row.get_stage_display() if row.stage else ""
    by = _("Read by %(name)s") % {"name": row.seen_by} if row.seen_by else ""
    rest = _joined(str(row.source), stage, row.seen_at_place)
    return Moment(at, _("Seal read."), (row.number,), rest, by, mark=mark)


def involvement(row: Involvement) -> Moment:
    return Moment(
        row.recorded_at,
        _("Party named."),
        (row.party.name,),
        str(row.role),
        _("By %(person)s") % {"person": row.recorded_by},
        "half",
        url=address("kyc:party", row.party_id),
    )


def fact(row: Fact) -> Moment:
    return Moment(
        row.recorded_at,
        _("Fact recorded."),
        (row.party.name,),
        _joined(f"{row.kind}: {row.value or row.get_standing_display()}"),
        _joined(row.get_standing_display(), row.source),
        STANDING_MARKS[Fact.Standing(row.standing)],
        joint=": ",
        url=address("kyc:party", row.party_id),
    )


def proceeding(row: Proceeding) -> Moment:
    by = _("Prosecutor %(name)s") % {"name": row.prosecutor}
    return Moment(row.opened_on, f"{row.get_kind_display()}.", (row.number,), str(row.court), by)


def sheet(row: ChargeSheet) -> Moment:
    version = _("version %(n)d") % {"n": row.version}
    return Moment(
        row.filed_on or timezone.localdate(),
        _("Charges amended.") if row.amends_id else _("Charge sheet filed."),
        rest=_joined(row.proceeding.number, version),
        by=row.amended_why,
    )


def hearing(row: Hearing) -> Moment:
    is_due = row.state == Hearing.State.LISTED and row.starts_at > timezone.now()
    mark = "later" if is_due else "open" if row.state == Hearing.State.LISTED else "full"
    why = str(row.adjournment_reason) if row.adjournment_reason else ""
    side = _("Side: %(side)s") % {"side": SIDES.get(row.side, row.side)} if row.side else ""
    return Moment(
        row.starts_at,
        f"{row.get_state_display()}.",
        (str(row.kind),),
        _joined(why, row.note),
        _joined(str(row.proceeding.court), row.courtroom, row.presiding, side),
        "cross" if row.state in BROKEN_STATES else mark,
        "dotted" if is_due else "",
        joint=": ",
    )


def plea(row: Plea) -> Moment:
    charge = f"A{row.charge.accused.number} {row.charge.count}"
    key = ("plea", row.plea, row.entered_on)
    return Moment(
        row.entered_on, _("Plea."), (charge,), row.get_plea_display(), key=key, joint=": "
    )


def outcome(row: Outcome) -> Moment:
    charge = f"A{row.charge.accused.number} {row.charge.count}"
    key = ("outcome", row.decision, row.decided_on, row.proceeding_id)
    by = _joined(str(row.proceeding.court), row.reason)
    word = f"{row.get_decision_display()}."
    mark = OUTCOME_MARKS.get(Outcome.Decision(row.decision), "cross")
    return Moment(row.decided_on, word, (charge,), by=by, mark=mark, key=key)


def submission(row: Submission) -> Moment:
    waits = row.decision == Submission.Decision.WAITING
    return Moment(
        row.submitted_at,
        _("File sent to the prosecutor."),
        (str(row.prosecutor),),
        row.get_decision_display(),
        _joined(_("By %(person)s") % {"person": row.submitted_by}, row.reason),
        "half" if waits else "full",
        "dashed" if waits else "",
        joint=": ",
    )


def attachment(row: Attachment) -> Moment:
    exhibit = row.exhibit.label if row.exhibit else ""
    key = (
        "file",
        row.kind,
        row.uploaded_by_id,
        exhibit,
        timezone.localtime(row.uploaded_at).date(),
    )
    return Moment(
        row.uploaded_at,
        _("%(kind)s added.") % {"kind": row.get_kind_display()},
        (row.caption or row.name,),
        exhibit,
        _("By %(person)s") % {"person": row.uploaded_by},
        url=address("evidence:file", row.case.reference, row.pk),
        key=key,
    )


def diary(row: DiaryEntry) -> Moment:
    seal_word = _("Sensitive") if row.is_sensitive else ""
    by = _joined(seal_word, _("By %(person)s") % {"person": row.written_by}, between=". ")
    return Moment(row.happened_at, _("Note."), rest=row.text, by=by)
