"""The papers that a case lacks: an answer to a finding, a report, a certificate.

`numbers` are subqueries over any number of cases; the others turn a counted case into sentences.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from casework.models import ChargeSheet, Count, Seizure
from evidence.counting import number
from evidence.models import (
    Attachment,
    CertificateCover,
    CustodyEvent,
    Exhibit,
    Finding,
    LaboratoryRequest,
)
from evidence.papers import alarms
from evidence.papers.certificates_required import DOG, ELECTRONIC, WEIGHING
from evidence.reading import Reading

PICTURES = (Attachment.Kind.PHOTOGRAPH, Attachment.Kind.SCANNER_IMAGE)
Words = tuple[str, str, str, str, str]  # mark, sentence, why, name of the page, verb


def numbers(read: Reading) -> dict[str, Any]:
    """What the sentences say of a case, by name."""
    return {
        "n_contradicted": number(alarms.contradicted(read), "charge_sheet__proceeding__case"),
        "n_unspoken": number(_unspoken(read), "report__request__case"),
        "n_without_report": number(without_report(read), "case"),
        "n_overdue_reports": number(_overdue(read), "case"),
        "n_pictures_uncertified": number(_uncertified_pictures(read), "case"),
        "n_weights_uncertified": number(_uncertified_weights(read), "case"),
        "n_dogs_uncertified": number(_uncertified_dogs(read), "case"),
    }


def without_report(read: Reading) -> QuerySet[Exhibit]:
    """Exhibits of a charged case that no standing report speaks of, nor of a sample of them.

    The specimens themselves, and whatever a count that names a species is about.
    """
    filed = ChargeSheet.objects.filter(proceeding__case=OuterRef("case"), filed_on__isnull=False)
    reported = (
        read(Finding.objects)
        .filter(
            Q(item__exhibit=OuterRef("pk")) | Q(item__exhibit__parent=OuterRef("pk")),
            report__successor__isnull=True,
        )
        .exclude(certainty=Finding.Certainty.OPEN)
    )
    specimens = Q(kind__code="specimen", parent__isnull=True)
    wanted = specimens | Q(counts__taxon__isnull=False)
    return read(Exhibit.objects).filter(wanted, Exists(filed), ~Exists(reported))


def _unspoken(read: Reading) -> QuerySet[Finding]:
    """Findings of a charged case of which no count names a species to hold them against."""
    counts = read(Count.objects).filter(
        charge_sheet__proceeding__case=OuterRef("report__request__case"),
        charge_sheet__filed_on__isnull=False,
    )
    return read(Finding.objects).filter(
        Exists(counts),
        ~Exists(counts.filter(taxon__isnull=False)),
        taxon__isnull=False,
        report__successor__isnull=True,
    )


def _overdue(read: Reading) -> QuerySet[LaboratoryRequest]:
    return read(LaboratoryRequest.objects).filter(
        successor__isnull=True, due_on__lt=clock.today(), reports__isnull=True
    )


def _covered(kind: str) -> QuerySet[CertificateCover]:
    rows: QuerySet[CertificateCover] = CertificateCover.objects.filter(
        certificate__kind__code=kind,
        certificate__successor__isnull=True,
        certificate__is_withdrawn=False,
        certificate__signed_on__isnull=False,
    )
    return rows


def _uncertified_pictures(read: Reading) -> QuerySet[Attachment]:
    covered = _covered(ELECTRONIC).filter(attachment=OuterRef("pk"), copy__isnull=True)
    return read(Attachment.objects).filter(~Exists(covered), kind__in=PICTURES)


def _uncertified_weights(read: Reading) -> QuerySet[Exhibit]:
    weighed = CustodyEvent.objects.filter(
        exhibit=OuterRef("pk"), weight_mg__isnull=False, scale__gt=""
    )
    covered = _covered(WEIGHING).filter(exhibit=OuterRef("pk"))
    return read(Exhibit.objects).filter(Exists(weighed), ~Exists(covered))


def _uncertified_dogs(read: Reading) -> QuerySet[Seizure]:
    covered = _covered(DOG).filter(seizure=OuterRef("pk"))
    return read(Seizure.objects).filter(~Exists(covered), detection_method__code="dog")


def of_certificates(case: Any) -> Iterator[Words]:
    """What a counted case shows that has no signed certificate."""
    counted = (
        (case.n_pictures_uncertified, ngettext(
            "%(n)d picture", "%(n)d pictures", case.n_pictures_uncertified)),
        (case.n_weights_uncertified, ngettext(
            "%(n)d weight", "%(n)d weights", case.n_weights_uncertified)),
        (case.n_dogs_uncertified, ngettext(
            "%(n)d detection by a dog", "%(n)d detections by dogs", case.n_dogs_uncertified)),
    )  # fmt: skip
    listed = ", ".join(words % {"n": n} for n, words in counted if n)
    if listed:
        title = _("Without a signed certificate: %(listed)s") % {"listed": listed}
        why = _("A court can refuse what comes without its certificate.")
        yield "open", title, why, "evidence:case-certificates", _("See which")


def of_findings(case: Any) -> Iterator[Words]:
    """What experts have said against a counted case, or not said yet, worst first."""
    page = "evidence:case-laboratory"
    if case.n_contradicted:
        title = ngettext(
            "%(n)d count says another species than the expert found",
            "%(n)d counts say another species than the expert found",
            case.n_contradicted,
        ) % {"n": case.n_contradicted}  # fmt: skip
        why = _("A charge that names the wrong animal falls with its first report.")
        yield "cross", title, why, page, _("Compare and answer")
    if case.n_unspoken:
        title = _("No count says of which species it is")
        why = _("A report is on record, and there is nothing to hold it against.")
        yield "open", title, why, "casework:proceeding-list", _("Say it on the charge sheet")
    if case.n_without_report:
        title = ngettext(
            "No scientific report on %(n)d exhibit",
            "No scientific report on %(n)d exhibits",
            case.n_without_report,
        ) % {"n": case.n_without_report}  # fmt: skip
        why = _("It is charged. Without a report nobody has said of what species the things are.")
        yield "open", title, why, page, _("Send them")
    if case.n_overdue_reports:
        title = ngettext(
            "%(n)d report is overdue", "%(n)d reports are overdue", case.n_overdue_reports
        ) % {"n": case.n_overdue_reports}  # fmt: skip
        yield "open", title, _("The laboratory was asked for it by a day."), page, _("Open")
