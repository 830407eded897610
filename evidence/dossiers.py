"""Dossiers: asked for, built, issued once and for ever.

A number is used once. Files are whole and on the disk before the row says "issued"; what fails
leaves a row that says why, and no half file under a final name.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import Conflict, DomainError, NotAllowed
from casework.models import Case, User
from evidence import dossier_build
from evidence.dossier.bundle import BundleError
from evidence.models import Dossier

State = Dossier.State
SILENT = timedelta(minutes=15)  # a build that has said nothing for so long was killed


def find(user: access.Reader, reference: str, number: int) -> Dossier:
    """The dossier, for a reader who may open dossiers of its case. Http404 or NotAllowed."""
    case = access.get_case(user, reference, roles.DOSSIER)
    rows = Dossier.objects.visible_to(user).filter(case=case, number=number)
    found: Dossier | None = rows.select_related("requested_by__agency", "head").first()
    if found is None:
        raise Http404
    found.case = case
    return found


@transaction.atomic
def request(case: Case, *, actor: User, addressed_to: str = "") -> Dossier:
    """A dossier with the next number, waiting to be built; one at a time for each case."""
    access.require(actor, case, roles.DOSSIER)
    Case.objects.select_for_update().get(pk=case.pk)
    _give_up_silent(case)
    if Dossier.objects.filter(case=case).unfinished().exists():
        raise Conflict(_("A dossier of this case is being built. Wait until it is done."))
    last = Dossier.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    dossier = Dossier(
        case=case,
        number=(last or 0) + 1,
        addressed_to=addressed_to,
        requested_by=actor,
        requested_at=clock.now(),
        told_at=clock.now(),
    )
    dossier.full_clean()
    dossier.save()
    audit.record("dossier.request", actor=actor, case=case, subject=dossier)
    return dossier


def _give_up_silent(case: Case) -> None:
    """What a killed worker left behind does not stand in the way for ever."""
    silent = Dossier.objects.filter(case=case, told_at__lt=clock.now() - SILENT).unfinished()
    for dossier in silent:
        _fail(dossier, say("The work stopped before the end. Build it again."))


def request_soon(case: Case, *, actor: User, addressed_to: str = "") -> Dossier:
    """The same, built by the worker as soon as the row is committed."""
    from evidence import tasks

    with transaction.atomic():
        dossier = request(case, actor=actor, addressed_to=addressed_to)
        transaction.on_commit(lambda: tasks.build_dossier.enqueue(dossier.pk))
    return dossier


def build(dossier: Dossier) -> None:
    """Build and issue a waiting dossier; what has begun already is left alone."""
    waiting = Dossier.objects.filter(pk=dossier.pk, state=State.WAITING)
    if not waiting.update(state=State.BUILDING, told_at=clock.now()):
        return
    failure = say("Something unexpected stopped it. The administrator finds it in the log.")
    try:
        dossier_build.make(dossier)
        failure = ""
    except (DomainError, BundleError) as error:
        failure = str(error)
    except Http404:
        failure = str(NotAllowed.message)
    except OSError as error:
        failure = say("The disk refused: %(why)s.") % {"why": error.strerror or error}
    finally:
        if failure:
            _fail(dossier, failure)


def _fail(dossier: Dossier, why: str) -> None:
    """A row that was issued in the meantime stays as it is."""
    unfinished = Dossier.objects.filter(pk=dossier.pk).unfinished()
    with transaction.atomic():
        if unfinished.update(state=State.FAILED, failure=why[:300]):
            actor = dossier.requested_by
            audit.record("dossier.fail", actor=actor, case=dossier.case, subject=dossier, why=why)


def path_of(dossier: Dossier, kind: str) -> Path:
    """Where the PDF or the bundle of an issued dossier is; Http404 where there is none."""
    name = dossier.pdf_path if kind == "pdf" else dossier.bundle_path
    path = Path(settings.DOSSIERS_DIR) / name
    if dossier.state != State.ISSUED or not name or not path.is_file():
        raise Http404
    return path


def record_download(dossier: Dossier, *, actor: User, kind: str) -> None:
    audit.record("dossier.download", actor=actor, case=dossier.case, subject=dossier, kind=kind)
