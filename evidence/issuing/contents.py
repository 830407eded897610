"""What a dossier of a case would hold for this person, counted before it is built."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import access
from casework.models import Accused, Case, Charge, Hearing, Seizure
from evidence.counting import number
from evidence.models import Attachment, Certificate, CustodyEvent, Exhibit, LaboratoryRequest
from kyc.models import Consignment, Involvement


@dataclass(frozen=True)
class Line:
    """A part, what is in it, and what it lacks: the mark and the word are empty if nothing."""

    title: str
    what: str
    mark: str = ""
    lack: str = ""


def lines(case: Case, user: access.Reader) -> list[Line]:
    """One query, whatever the size of the case; only what this person may see is counted."""
    sheet = "count__charge_sheet__proceeding__case"
    unanswered = CustodyEvent.objects.visible_to(user).awaiting_acknowledgement()
    counted = Case.objects.filter(pk=case.pk).annotate(
        n_counts=number(Charge.objects.visible_to(user), sheet, "count"),
        n_accused=number(Accused.objects.visible_to(user), "case"),
        n_seizures=number(Seizure.objects.visible_to(user), "case"),
        n_exhibits=number(Exhibit.objects.visible_to(user), "case"),
        n_events=number(CustodyEvent.objects.visible_to(user), "exhibit__case"),
        n_unanswered=number(unanswered, "exhibit__case"),
        n_requests=number(LaboratoryRequest.objects.visible_to(user).standing(), "case"),
        n_certificates=number(Certificate.objects.visible_to(user).standing(), "case"),
        n_files=number(Attachment.objects.visible_to(user), "case"),
        n_parties=number(Involvement.objects.visible_to(user), "case", "party"),
        n_consignments=number(Consignment.objects.visible_to(user), "seizure__case"),
        n_hearings=number(Hearing.objects.visible_to(user), "proceeding__case"),
    )
    names = [name for name in counted.query.annotations if name.startswith("n_")]
    return _lines(case, counted.values(*names).get())


def _lines(case: Case, n: dict[str, int]) -> list[Line]:
    summary = case.summary.strip()
    return [
        Line(_("Cover and index"), _("Made from the parts below")),
        _line(
            _("Charges"),
            _("%(counts)d counts, %(accused)d accused")
            % {"counts": n["n_counts"], "accused": n["n_accused"]},
            "" if n["n_counts"] else _("no charge sheet"),
        ),
        _line(
            _("Summary of facts"),
            ngettext("%(n)d seizure", "%(n)d seizures", n["n_seizures"]) % {"n": n["n_seizures"]},
            "" if summary else _("not written"),
        ),
        Line(_("Chronology"), _("Every entry with its source")),
        _line(
            _("Exhibits and custody reports"),
            _("%(exhibits)d exhibits, %(events)d custody events")
            % {"exhibits": n["n_exhibits"], "events": n["n_events"]},
            _exhibit_lack(n),
        ),
        Line(
            _("Expert and laboratory reports"),
            ngettext("%(n)d request", "%(n)d requests", n["n_requests"]) % {"n": n["n_requests"]},
        ),
        Line(
            _("Certificates"),
            ngettext("%(n)d on record", "%(n)d on record", n["n_certificates"])
            % {"n": n["n_certificates"]},
        ),
        _line(
            _("Parties behind the consignment"),
            ngettext("%(n)d party", "%(n)d parties", n["n_parties"]) % {"n": n["n_parties"]},
            "" if n["n_parties"] else _("nobody named"),
        ),
        Line(
            _("Consignment"),
            ngettext("%(n)d consignment", "%(n)d consignments", n["n_consignments"])
            % {"n": n["n_consignments"]},
        ),
        Line(
            _("Hearing history"),
            ngettext("%(n)d hearing", "%(n)d hearings", n["n_hearings"]) % {"n": n["n_hearings"]},
        ),
        Line(
            _("Files in the bundle"),
            ngettext("%(n)d file", "%(n)d files", n["n_files"]) % {"n": n["n_files"]},
        ),
    ]


def _line(title: str, what: str, lack: str) -> Line:
    return Line(title, what, "open" if lack else "", lack)


def _exhibit_lack(n: dict[str, int]) -> str:
    if not n["n_exhibits"]:
        return _("no exhibit")
    if n["n_unanswered"]:
        said = ngettext(
            "%(n)d handover open", "%(n)d handovers open", n["n_unanswered"]
        )  # what stands open is printed in the dossier
        return said % {"n": n["n_unanswered"]}
    return ""
