"""What a case lacks, as far as the record shows it, in the order in which such cases were lost.

`annotate` is one query for any number of cases; `of` turns one counted case into sentences.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Case, Charge, Hearing, Outcome, Seizure
from evidence.counting import number
from evidence.days import day_lacks
from evidence.duties import duty_lacks
from evidence.held import ASKS
from evidence.models import Attachment, CustodyEvent, Exhibit
from evidence.papers import paper_lacks
from evidence.reading import Reading
from kyc.models import Consignment, Fact, Involvement

PICTURES = (Attachment.Kind.PHOTOGRAPH, Attachment.Kind.SCANNER_IMAGE)
ENDED = (
    Case.Status.CLOSED,
    Case.Status.NO_INQUIRY,
    Case.Status.NOT_CHARGED,
    Case.Status.CONCLUDED,
)


@dataclass(frozen=True)
class Lack:
    """One thing missing: its mark, the sentence, why it matters, and the act that mends it."""

    mark: str
    title: str
    why: str
    url: str = ""
    verb: str = ""


def annotate(cases: QuerySet[Any], read: Reading) -> QuerySet[Any]:
    """The same cases with the numbers that `of` reads, counting only what may be shown."""
    exhibits = read(Exhibit.objects)
    pictured = read(Attachment.objects).filter(exhibit=OuterRef("pk"), kind__in=PICTURES)
    consignees = read(Involvement.objects).filter(role__code="consignee")
    facts = read(Fact.objects).exclude(standing=Fact.Standing.UNKNOWN)
    known = facts.filter(party=OuterRef("party"))
    past = read(Hearing.objects).filter(starts_at__lt=timezone.now())
    decided = Outcome.objects.filter(charge=OuterRef("pk"))
    judged = past.filter(
        proceeding=OuterRef("count__charge_sheet__proceeding"),
        kind__code="judgment",
        state=Hearing.State.HELD,
    )
    sheet_case = "count__charge_sheet__proceeding__case"
    counted: QuerySet[Any] = cases.annotate(
        n_seizures=number(read(Seizure.objects), "case"),
        n_exhibits=number(exhibits, "case"),
        n_without_picture=number(exhibits.filter(~Exists(pictured)), "case"),
        n_unanswered=number(open_offers(read), "exhibit__case"),
        n_consignments=number(read(Consignment.objects), "seizure__case"),
        n_consignees=number(consignees, "case", "party"),
        n_unknown_consignees=number(consignees.filter(~Exists(known)), "case", "party"),
        n_without_result=number(past.filter(state=Hearing.State.LISTED), "proceeding__case"),
        n_undecided=number(
            read(Charge.objects).filter(Exists(judged), ~Exists(decided)), sheet_case
        ),
        **paper_lacks.numbers(read),
        **day_lacks.numbers(read),
        **duty_lacks.numbers(read),
    )
    return counted


def open_offers(read: Reading) -> QuerySet[CustodyEvent]:
    """Handovers that nobody has answered."""
    return read(CustodyEvent.objects).filter(kind=CustodyEvent.Kind.OFFERED, answer__isnull=True)


def unanswered(read: Reading) -> QuerySet[CustodyEvent]:
    """The same, and proposed destructions that nobody has confirmed or refused."""
    return read(CustodyEvent.objects).filter(kind__in=ASKS, answer__isnull=True)


def of(case: Any) -> list[Lack]:
    """The lacks of one annotated case, worst first; an ended case lacks nothing more."""
    if case.status in ENDED:
        return []
    found = [
        *_of_papers(case, paper_lacks.of_findings(case)),
        *_of_exhibits(case),
        *_of_papers(case, paper_lacks.of_certificates(case)),
        *_of_papers(case, day_lacks.of(case)),
        *_of_papers(case, duty_lacks.of(case)),
        *_of_consignment(case),
        *_of_court(case),
    ]
    if not case.summary.strip():
        why = _("The dossier and the charge sheet begin with it.")
        url = address("casework:case-edit", case.reference)
        found.append(Lack("open", _("No summary of facts"), why, url, _("Write it")))
    return found


def _of_exhibits(case: Any) -> list[Lack]:
    url = address("evidence:case-exhibits", case.reference)
    found = []
    if not case.n_exhibits and case.n_seizures:
        why = _("A thing without a label, a seal and a custodian cannot be shown to a court.")
        found.append(Lack("open", _("No exhibit is registered"), why, url, _("Register")))
    if case.n_unanswered:
        title = ngettext(
            "%(n)d handover is not acknowledged", "%(n)d handovers are not acknowledged",
            case.n_unanswered,
        ) % {"n": case.n_unanswered}  # fmt: skip
        why = _("Until the receiver says what arrived, only one side says so.")
        found.append(Lack("half", title, why, url, _("Open the exhibits")))
    if case.n_without_picture:
        title = ngettext(
            "%(n)d exhibit has no photograph", "%(n)d exhibits have no photograph",
            case.n_without_picture,
        ) % {"n": case.n_without_picture}  # fmt: skip
        why = _("Nobody can show later what it looked like when it was seized.")
        found.append(Lack("open", title, why, url, _("Add photographs")))
    return found


def _of_papers(case: Any, said: Iterable[paper_lacks.Words]) -> list[Lack]:
    return [
        Lack(mark, title, why, address(page, case.reference), verb)
        for mark, title, why, page, verb in said
    ]


def _of_consignment(case: Any) -> list[Lack]:
    url = address("kyc:case-consignments", case.reference)
    parties = address("kyc:case-parties", case.reference)
    if case.tier != Case.Tier.PORT:
        return []
    if not case.n_consignments:
        why = _("The container, its seals and its bill lead to the people behind it.")
        return [Lack("open", _("No consignment is recorded"), why, url, _("Record it"))]
    if not case.n_consignees:
        why = _("Somebody was to receive it.")
        return [Lack("open", _("No consignee is named"), why, parties, _("Name the consignee"))]
    if case.n_unknown_consignees:
        why = _("A name alone is nobody. Fictitious consignees are how such cases end.")
        title = _("Nothing is known of the consignee")
        return [Lack("open", title, why, parties, _("Add a fact"))]
    return []


def _of_court(case: Any) -> list[Lack]:
    hearings = address("casework:case-hearings", case.reference)
    charges = address("casework:proceeding-list", case.reference)
    found = []
    if case.n_without_result:
        title = ngettext(
            "%(n)d hearing is past and has no result", "%(n)d hearings are past and have no result",
            case.n_without_result,
        ) % {"n": case.n_without_result}  # fmt: skip
        why = _("An adjournment without its cause and side cannot be counted.")
        found.append(Lack("open", title, why, hearings, _("Say what happened")))
    if case.n_undecided:
        title = ngettext(
            "%(n)d charge has no outcome after judgment",
            "%(n)d charges have no outcome after judgment",
            case.n_undecided,
        ) % {"n": case.n_undecided}  # fmt: skip
        why = _("The outcome belongs to each count of each accused.")
        found.append(Lack("open", title, why, charges, _("Record the outcome")))
    return found


def address(name: str, *args: object) -> str:
    """The page's address."""
    return reverse(name, args=args)
