"""Which documents read which rows: what a change of a row makes out of date.

`FIXED` are documents whose keys the row itself holds; `USED` are found by a path from the
document's own row. Whatever a document reads stands here; a test walks through all of it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from casework.models import (
    Accused,
    AccusedEvent,
    Admission,
    Agency,
    Appearance,
    AssistanceRequest,
    AssistanceStep,
    Authority,
    BailDecision,
    ChargeSheet,
    Code,
    Count,
    Court,
    CourtOrder,
    Deadline,
    DiaryEntry,
    Element,
    Goods,
    Hearing,
    HearingNeed,
    Indicator,
    Laboratory,
    OrderedThing,
    Outcome,
    Port,
    PresidingChange,
    Proceeding,
    Provision,
    RouteCountry,
    SeizedItem,
    Seizure,
    Sentence,
    SentenceEvent,
    Statement,
    Submission,
    SubmissionQuery,
    Summons,
    Taxon,
    TrialStep,
    User,
    Witness,
)
from evidence.models import (
    Acquisition,
    Attachment,
    Certificate,
    CertificateCover,
    CopyHop,
    CourtMark,
    CustodyEvent,
    Derivation,
    Exhibit,
    ExhibitHold,
    Finding,
    LaboratoryReceipt,
    LaboratoryReport,
    LaboratoryRequest,
    ProofJudgement,
    RequestedItem,
)
from kyc.models import (
    BillOfLading,
    Consignment,
    Container,
    Dealing,
    EntryVersion,
    Fact,
    Hit,
    Involvement,
    Party,
    Review,
    Seal,
    Tick,
    Watchlist,
    WatchlistEntry,
)
from search.models import FileText
from search.scope import WHOLE_CASE

Key = Callable[[Any], int | None]
Model = type[models.Model]


def _own(row: Any) -> int:
    pk: int = row.pk
    return pk


def _earlier(row: Any) -> int | None:
    """The row that this one stands in the place of: its document goes."""
    pk: int | None = row.supersedes_id
    return pk


def _at(name: str) -> Key:
    return lambda row: getattr(row, name)


def _party_of(fact: Any) -> int | None:
    """A fact of a case is not the register's: nothing of it shows on the party."""
    pk: int = fact.party.merged_into_id or fact.party_id
    return None if fact.case_id else pk


def _recorded(kind: str) -> tuple[tuple[str, Key], ...]:
    return (kind, _own), (kind, _earlier)


FIXED: Mapping[Model, tuple[tuple[str, Key], ...]] = {
    # the case and how it came about
    Seizure: ((WHOLE_CASE, _at("case_id")),),
    SeizedItem: ((WHOLE_CASE, lambda row: row.seizure.case_id),),
    RouteCountry: ((WHOLE_CASE, lambda row: row.seizure.case_id),),
    Consignment: ((WHOLE_CASE, lambda row: row.seizure.case_id),),
    **dict.fromkeys(
        (Container, Seal, BillOfLading, EntryVersion), (("consignment", _at("consignment_id")),)
    ),
    DiaryEntry: (("note", _own),),
    # parties
    Party: (("party", _own), ("party", _at("merged_into_id"))),
    Fact: (("fact", _own), ("party", _party_of)),
    Review: (("party", _at("party_id")),),
    Involvement: (("involvement", _own),),
    Dealing: (("dealing", _own),),
    Tick: (("flag", _own),),
    Hit: (("listed", _own),),
    # things
    Exhibit: (("exhibit", _own),),
    CustodyEvent: (("custody", _own), ("exhibit", _at("exhibit_id"))),
    CourtMark: _recorded("mark"),
    ExhibitHold: (("exhibit", _at("exhibit_id")),),
    Attachment: (("file", _own),),
    **dict.fromkeys((Acquisition, CopyHop, Derivation), (("file", _at("attachment_id")),)),
    # expertise
    LaboratoryRequest: _recorded("laboratory"),
    **dict.fromkeys(
        (RequestedItem, LaboratoryReceipt, LaboratoryReport), (("laboratory", _at("request_id")),)
    ),
    Finding: (("laboratory", lambda row: row.report.request_id),),
    Certificate: _recorded("certificate"),
    CertificateCover: (("certificate", _at("certificate_id")),),
    ProofJudgement: _recorded("judgement"),
    # people who speak
    Witness: (("witness", _own),),
    Statement: _recorded("statement"),
    Admission: _recorded("admission"),
    Summons: (("summons", _own),),
    # the court
    Proceeding: (("proceeding", _own),),
    **dict.fromkeys(
        (ChargeSheet, Outcome, TrialStep, PresidingChange),
        (("proceeding", _at("proceeding_id")),),
    ),
    Count: (("proceeding", lambda row: row.charge_sheet.proceeding_id),),
    Sentence: (("proceeding", lambda row: row.outcome.proceeding_id),),
    SentenceEvent: (("proceeding", lambda row: row.sentence.outcome.proceeding_id),),
    Accused: (("accused", _own),),
    AccusedEvent: (("accused", _at("accused_id")),),
    BailDecision: (("bail", _own),),
    Hearing: (("hearing", _own),),
    **dict.fromkeys((Appearance, HearingNeed), (("hearing", _at("hearing_id")),)),
    CourtOrder: _recorded("order"),
    OrderedThing: (("order", _at("order_id")),),
    # duties
    Submission: (("submission", _own),),
    SubmissionQuery: (("submission", _at("submission_id")),),
    Authority: (("authority", _own),),
    AssistanceRequest: (("assistance", _own),),
    AssistanceStep: (("assistance", _at("request_id")),),
    Deadline: (("deadline", _own),),
}
_OF_A_PROCEEDING = (
    ("hearing", "proceeding"),
    ("order", "proceeding"),
    ("bail", "proceeding"),
    ("mark", "proceeding"),
    ("deadline", "proceeding"),
    ("summons", "hearing__proceeding"),
)
USED: Mapping[Model, tuple[tuple[str, str], ...]] = {
    Proceeding: _OF_A_PROCEEDING,
    Accused: (
        ("proceeding", "outcomes__charge__accused"),
        ("hearing", "appearances__accused"),
        ("bail", "accused"),
        ("statement", "accused"),
        ("admission", "accused"),
        ("authority", "accused"),
        ("deadline", "accused"),
        ("judgement", "charge__accused"),
    ),
    Count: (("judgement", "charge__count"),),
    # Who is protected, and what is restricted, hides all that is said of them.
    Witness: (
        ("statement", "witness"),
        ("summons", "witness"),
        ("mark", "witness"),
        ("hearing", "appearances__witness"),
        ("hearing", "needs__witness"),
    ),
    Exhibit: (
        ("custody", "exhibit"),
        ("file", "exhibit"),
        ("mark", "exhibit"),
        ("laboratory", "items__exhibit"),
        ("certificate", "covers__exhibit"),
        ("certificate", "covers__attachment__exhibit"),
        ("statement", "attachment__exhibit"),
        ("hearing", "needs__exhibit"),
        ("order", "things__exhibit"),
    ),
    Attachment: (("statement", "attachment"), ("certificate", "covers__attachment")),
    FileText: (("file", "file__words"),),
    Party: (
        ("involvement", "party"),
        ("fact", "party"),
        ("dealing", "giver"),
        ("dealing", "receiver"),
        ("flag", "party"),
        ("listed", "party"),
    ),
    Fact: (("involvement", "party__facts"),),
    Review: (("involvement", "party__reviews"),),
    Seizure: (("certificate", "covers__seizure"),),
    User: (
        ("case", "lead_officer"),
        ("exhibit", "holder"),
        ("proceeding", "prosecutor"),
        ("hearing", "prosecutor"),
        ("submission", "prosecutor"),
        ("deadline", "assigned_to"),
    ),
    # reference tables
    Agency: ((WHOLE_CASE, "agency"), (WHOLE_CASE, "seizures__agency")),
    Port: (
        (WHOLE_CASE, "seizures__port"),
        (WHOLE_CASE, "seizures__consignments__port_of_loading"),
        (WHOLE_CASE, "seizures__consignments__port_of_discharge"),
    ),
    Taxon: (
        (WHOLE_CASE, "seizures__items__taxon"),
        ("exhibit", "taxon"),
        ("laboratory", "reports__findings__taxon"),
    ),
    Court: ((WHOLE_CASE, "proceedings__court"), ("authority", "court")),
    Goods: (("seizure", "goods"), ("consignment", "goods")),
    Provision: (("proceeding", "charge_sheets__counts__provision"),),
    Element: (("judgement", "element"),),
    Laboratory: (("laboratory", "laboratory"),),
    Indicator: (("flag", "indicator"),),
    Watchlist: (("listed", "entry__watchlist"),),
    WatchlistEntry: (("listed", "entry"),),
    Code: (
        ("seizure", "items__specimen"),
        ("seizure", "transport_mode"),
        ("seizure", "detection_method"),
        ("consignment", "seals__source"),
        ("exhibit", "kind"),
        ("laboratory", "reports__findings__specimen"),
        ("certificate", "kind"),
        ("fact", "kind"),
        ("party", "facts__kind"),
        ("party", "absorbed__facts__kind"),
        ("involvement", "party__facts__kind"),
        ("involvement", "role"),
        ("hearing", "kind"),
        ("hearing", "result"),
        ("hearing", "adjournment_reason"),
        ("proceeding", "outcomes__cause"),
        ("order", "kind"),
        ("bail", "decision"),
        ("submission", "cause"),
        ("authority", "kind"),
        ("assistance", "form"),
    ),
}
# After a change of one of these a document may be more hidden than the index has it.
TIGHTENING = frozenset(
    {
        Attachment, Authority, AssistanceRequest, CertificateCover, DiaryEntry, Exhibit, Fact, Hit,
        Involvement, Party, Statement, Witness,
    }
)  # fmt: skip
# Rows that no operation tells of itself: their own saving does.
FOLLOWED: tuple[Model, ...] = (
    Acquisition, AccusedEvent, Agency, Appearance, AssistanceStep, BailDecision, Certificate,
    CertificateCover, ChargeSheet, Code, CopyHop, Count, Court, CourtMark, CourtOrder, Dealing,
    Derivation, Element, ExhibitHold, Finding, Goods, HearingNeed, Hit, Indicator, Laboratory,
    LaboratoryReceipt, LaboratoryReport, LaboratoryRequest, OrderedThing, Port, PresidingChange,
    ProofJudgement, Provision, RequestedItem, Review, SentenceEvent, Submission, SubmissionQuery,
    Taxon, Tick, TrialStep, Watchlist, WatchlistEntry,
)  # fmt: skip
