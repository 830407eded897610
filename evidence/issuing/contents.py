"""What a dossier of a case would hold for this person, counted before it is built."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from casework import access
from casework.models import Accused, Case, Charge, Hearing, Seizure, Statement, Witness
from evidence.counting import number
from evidence.dossier.plan import PARTS
from evidence.issuing.parts import TITLES
from evidence.lacks import address
from evidence.models import (
    Attachment,
    Certificate,
    CopyHop,
    CustodyEvent,
    Exhibit,
    LaboratoryRequest,
)
from evidence.reading import of_case
from kyc.models import Consignment, Involvement


@dataclass(frozen=True)
class Line:
    """A part, what is in it, and what it lacks: the mark and the word are empty if nothing."""

    key: str
    title: StrOrPromise
    what: str
    mark: str = ""
    lack: str = ""
    url: str = ""  # where that part of the record is


PAGES = {
    "charges": "casework:proceeding-list", "summary": "casework:case",
    "chronology": "casework:case-history", "proof": "evidence:case-proof",
    "exhibits": "evidence:case-exhibits", "custody": "evidence:case-exhibits",
    "laboratory": "evidence:case-laboratory", "certificates": "evidence:case-certificates",
    "electronic": "evidence:case-files", "parties": "kyc:case-parties",
    "consignments": "kyc:case-consignments", "witnesses": "casework:case-witnesses",
    "statements": "casework:case-witnesses", "hearings": "casework:case-hearings",
    "files": "evidence:case-files",
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What was counted of the case, and what the alarms of its points to prove are about."""

    case: Case
    n: dict[str, int] = field(default_factory=dict)
    alarms: Collection[str] = ()


def lines(case: Case, user: access.Reader, alarms: Collection[str] = ()) -> list[Line]:
    """One query, whatever the size of the case; only what this person may see is counted.

    `alarms` are the codes of what the points to prove lack.
    """
    seen = Seen(case, _counted(case, user), alarms)
    return [_line(key, seen) for key in PARTS]


def _counted(case: Case, user: access.Reader) -> dict[str, int]:
    sheet = "count__charge_sheet__proceeding__case"
    read = of_case(case, user)
    unanswered = CustodyEvent.objects.visible_to(user).awaiting_acknowledgement()
    hops = CopyHop.objects.visible_to(user).standing()
    counted = Case.objects.filter(pk=case.pk).annotate(
        n_counts=number(read(Charge.objects), sheet, "count"),
        n_accused=number(read(Accused.objects), "case"),
        n_seizures=number(read(Seizure.objects), "case"),
        n_exhibits=number(read(Exhibit.objects), "case"),
        n_events=number(read(CustodyEvent.objects), "exhibit__case"),
        n_unanswered=number(unanswered, "exhibit__case"),
        n_requests=number(LaboratoryRequest.objects.visible_to(user).standing(), "case"),
        n_certificates=number(Certificate.objects.visible_to(user).standing(), "case"),
        n_hops=number(hops, "attachment__case"),
        n_parties=number(read(Involvement.objects), "case", "party"),
        n_consignments=number(read(Consignment.objects), "seizure__case"),
        n_witnesses=number(read(Witness.objects), "case"),
        n_statements=number(Statement.objects.visible_to(user).standing(), "case"),
        n_hearings=number(read(Hearing.objects), "proceeding__case"),
        n_files=number(read(Attachment.objects), "case"),
    )
    names = [name for name in counted.query.annotations if name.startswith("n_")]
    found: dict[str, int] = counted.values(*names).get()
    return found


def _line(key: str, seen: Seen) -> Line:
    what = WHAT[key](seen)
    mark, lack = LACKS[key](seen) if key in LACKS else ("", "")
    url = address(PAGES[key], seen.case.reference)
    return Line(key, TITLES[key], what, mark if lack else "", lack, url)


WHAT: dict[str, Callable[[Seen], str]] = {
    "charges": lambda s: (
        _("%(counts)d counts, %(accused)d accused")
        % {"counts": s.n["n_counts"], "accused": s.n["n_accused"]}
    ),
    "summary": lambda s: (
        ngettext("%(n)d seizure", "%(n)d seizures", s.n["n_seizures"]) % {"n": s.n["n_seizures"]}
    ),
    "chronology": lambda s: _("Every entry with its source"),
    "proof": lambda s: (
        _("%(counts)d counts against %(accused)d accused, as they stand now")
        % {"counts": s.n["n_counts"], "accused": s.n["n_accused"]}
    ),
    "exhibits": lambda s: (
        ngettext("%(n)d exhibit", "%(n)d exhibits", s.n["n_exhibits"]) % {"n": s.n["n_exhibits"]}
    ),
    "custody": lambda s: (
        ngettext(
            "%(n)d custody event, with proofs", "%(n)d custody events, with proofs", s.n["n_events"]
        )
        % {"n": s.n["n_events"]}
    ),
    "laboratory": lambda s: (
        ngettext("%(n)d request", "%(n)d requests", s.n["n_requests"]) % {"n": s.n["n_requests"]}
    ),
    "certificates": lambda s: (
        ngettext("%(n)d on record", "%(n)d on record", s.n["n_certificates"])
        % {"n": s.n["n_certificates"]}
    ),
    "electronic": lambda s: (
        ngettext("%(n)d copy recorded", "%(n)d copies recorded", s.n["n_hops"])
        % {"n": s.n["n_hops"]}
    ),
    "parties": lambda s: (
        ngettext("%(n)d party", "%(n)d parties", s.n["n_parties"]) % {"n": s.n["n_parties"]}
    ),
    "consignments": lambda s: (
        ngettext("%(n)d consignment", "%(n)d consignments", s.n["n_consignments"])
        % {"n": s.n["n_consignments"]}
    ),
    "witnesses": lambda s: (
        ngettext("%(n)d witness", "%(n)d witnesses", s.n["n_witnesses"]) % {"n": s.n["n_witnesses"]}
    ),
    "statements": lambda s: (
        ngettext("%(n)d statement", "%(n)d statements", s.n["n_statements"])
        % {"n": s.n["n_statements"]}
    ),
    "hearings": lambda s: (
        ngettext("%(n)d hearing", "%(n)d hearings", s.n["n_hearings"]) % {"n": s.n["n_hearings"]}
    ),
    "files": lambda s: (
        ngettext("%(n)d file", "%(n)d files", s.n["n_files"]) % {"n": s.n["n_files"]}
    ),
}

Lack = tuple[str, str]
PROVES = {"missing", "no_link", "no_points", "replaced", "admission_withdrawn"}


def _charges(seen: Seen) -> Lack:
    return "open", "" if seen.n["n_counts"] else _("no charge sheet")


def _summary(seen: Seen) -> Lack:
    return "open", "" if seen.case.summary.strip() else _("not written")


def _proof(seen: Seen) -> Lack:
    lacking = PROVES.intersection(seen.alarms)
    return "open", _("points not proved") if lacking else ""


def _exhibits(seen: Seen) -> Lack:
    return "open", "" if seen.n["n_exhibits"] else _("no exhibit")


def _custody(seen: Seen) -> Lack:
    """What stands open is printed in the dossier."""
    if n := seen.n["n_unanswered"]:
        return "open", ngettext("%(n)d handover open", "%(n)d handovers open", n) % {"n": n}
    return "open", _("a gap in a chain") if "custody_gap" in seen.alarms else ""


def _laboratory(seen: Seen) -> Lack:
    if "contradicted" in seen.alarms:
        return "cross", _("another species found")
    return "open", _("no report") if "no_report" in seen.alarms else ""


def _certificates(seen: Seen) -> Lack:
    return "open", _("not all signed") if "no_certificate" in seen.alarms else ""


def _parties(seen: Seen) -> Lack:
    return "open", "" if seen.n["n_parties"] else _("nobody named")


def _witnesses(seen: Seen) -> Lack:
    if "not_summoned" in seen.alarms:
        return "open", _("not all summoned")
    if {"no_witness", "dropped"}.intersection(seen.alarms):
        return "open", _("nobody brings it in")
    return "open", _("a statement to translate") if "no_translation" in seen.alarms else ""


LACKS: dict[str, Callable[[Seen], Lack]] = {
    "charges": _charges, "summary": _summary, "proof": _proof, "exhibits": _exhibits,
    "custody": _custody, "laboratory": _laboratory, "certificates": _certificates,
    "parties": _parties, "witnesses": _witnesses,
}  # fmt: skip
