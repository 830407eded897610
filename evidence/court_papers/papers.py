"""Every paper that is made from the record: its name in addresses, and how it is made."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, roles
from casework.models import Case, User
from evidence import faces
from evidence.court_papers import court, docx, exhibits, others, statements
from evidence.disclosure import inventory
from evidence.dossier import sheet
from evidence.dossier.bundle import safe_segment
from evidence.dossier.sheet import Sheet

PDF, WORD = "pdf", "docx"
TYPES = {
    PDF: "application/pdf",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Paper:
    """`make` takes the case, a key of the paper and its reader; Http404 where there is none."""

    title: StrOrPromise
    make: Callable[[Case, str, User], Sheet]


PAPERS: dict[str, Paper] = {
    "charge-sheet": Paper(_("Charge sheet"), court.charge_sheet),
    "summons": Paper(_("Summons"), court.summons),
    "statement": Paper(_("Statement form"), statements.statement_form),
    "exhibits": Paper(_("List of exhibits"), exhibits.exhibit_list),
    "custody": Paper(_("Custody report"), exhibits.custody_report),
    "certificate": Paper(_("Certificate"), others.certificate),
    "memo": Paper(_("Exhibit memo"), others.memo),
    "disclosure": Paper(_("Disclosure inventory"), inventory.sheet_of),
    "order": Paper(_("Draft order on exhibits"), court.order_draft),
}


def make(case: Case, kind: str, key: str, ending: str, *, actor: User) -> tuple[bytes, str]:
    """The bytes and the name of a paper, in English; that it was made is on the record."""
    if kind not in PAPERS or ending not in TYPES:
        raise Http404
    access.require(actor, case, roles.VIEW)
    with translation.override("en"):
        made = PAPERS[kind].make(case, key, actor)
    data = docx.write(made) if ending == WORD else pdf(made)
    audit.record("paper.make", actor=actor, case=case, kind=kind, key=key, ending=ending)
    return data, safe_segment(f"{case.reference}-{kind}-{key}.{ending}")


def pdf(made: Sheet) -> bytes:
    faces.register()
    out = io.BytesIO()
    sheet.write(made, out)
    return out.getvalue()
