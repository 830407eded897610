"""The index in the margin of every page of a case: its parts, how many, and where they are.

One query, whatever the size of the case; every number counts only what the reader may see.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, roles
from casework.models import (
    AssistanceRequest,
    Authority,
    Case,
    CaseUserGrant,
    Charge,
    Deadline,
    Hearing,
    Witness,
)
from casework.procedure import standing
from evidence.counting import number
from evidence.models import Attachment, Certificate, Dossier, Exhibit, LaboratoryRequest
from evidence.reading import of_case
from kyc.models import Consignment, Involvement, Match


@dataclass(frozen=True)
class Entry:
    key: str
    word: StrOrPromise
    url: str
    count: str = ""


WORDS: tuple[tuple[str, StrOrPromise, str], ...] = (
    ("summary", _("Summary"), "casework:case"),
    ("exhibits", _("Exhibits"), "evidence:case-exhibits"),
    ("consignment", _("Consignment"), "kyc:case-consignments"),
    ("parties", _("Parties"), "kyc:case-parties"),
    ("flags", _("Red flags"), "kyc:flag-list"),
    ("network", _("Network"), "kyc:case-network"),
    ("matches", _("Matches"), "kyc:match-list"),
    ("charges", _("Charges"), "casework:proceeding-list"),
    ("proof", _("Points to prove"), "evidence:case-proof"),
    ("witnesses", _("Witnesses"), "casework:case-witnesses"),
    ("hearings", _("Hearings"), "casework:case-hearings"),
    ("duties", _("Deadlines and requests"), "casework:case-duties"),
    ("files", _("Files"), "evidence:case-files"),
    ("certificates", _("Certificates"), "evidence:case-certificates"),
    ("laboratory", _("Laboratory"), "evidence:case-laboratory"),
    ("papers", _("Papers"), "evidence:case-papers"),
    ("dossier", _("Dossier"), "evidence:dossier-list"),
    ("team", _("Team and access"), "casework:case-team"),
    ("history", _("History"), "casework:case-history"),
)

COUNTED = (
    "exhibits", "consignment", "parties", "matches", "witnesses", "hearings", "duties", "files",
    "certificates", "laboratory", "dossier", "team",
)  # fmt: skip


def entries(case: Case, user: access.Reader) -> list[Entry]:
    """The index as this reader sees it, in the order of the margin."""
    counts = _counts(case, user)
    return [
        Entry(key, word, reverse(name, args=[case.reference]), counts.get(key, ""))
        for key, word, name in WORDS
        if key != "dossier" or roles.DOSSIER in case.granted_actions  # not for every reader
    ]


def _counts(case: Case, user: access.Reader) -> dict[str, str]:
    sheet = "count__charge_sheet__proceeding__case"
    read = of_case(case, user)
    annotated = Case.objects.filter(pk=case.pk).annotate(
        n_exhibits=number(read(Exhibit.objects), "case"),
        n_consignment=number(read(Consignment.objects), "seizure__case"),
        n_parties=number(read(Involvement.objects), "case", "party"),
        n_counts=number(standing.once(read(Charge.objects)), sheet, "count"),
        n_people=number(standing.once(read(Charge.objects)), sheet, "accused"),
        n_matches=number(read(Match.objects), "case"),
        n_witnesses=number(read(Witness.objects), "case"),
        n_hearings=number(read(Hearing.objects), "proceeding__case"),
        n_duties=number(read(Deadline.objects).filter(done_on__isnull=True), "case")
        + number(read(AssistanceRequest.objects).filter(state__in=AssistanceRequest.OPEN), "case")
        + number(read(Authority.objects).filter(ended_on__isnull=True), "case"),
        n_files=number(read(Attachment.objects), "case"),
        n_certificates=number(
            read(Certificate.objects).filter(successor__isnull=True, is_withdrawn=False), "case"
        ),
        n_laboratory=number(read(LaboratoryRequest.objects).filter(successor__isnull=True), "case"),
        n_dossier=number(read(Dossier.objects), "case"),
        n_team=number(CaseUserGrant.objects.live(), "content_object", "user"),
    )
    row: dict[str, int] = annotated.values(
        *(f"n_{key}" for key in (*COUNTED, "counts", "people"))
    ).get()
    words = {key: f"{row[f'n_{key}']:,}" for key in COUNTED}
    charges = f"{row['n_counts']} × {row['n_people']}" if row["n_counts"] else "0"  # noqa: RUF001
    return words | {"charges": charges}
