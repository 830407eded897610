"""What the worker does in the background; each task finds its row and calls an operation."""

from django_tasks import task

from casework.models import Case, User
from evidence.issuing import dossiers, previews
from evidence.models import Dossier, Redaction
from evidence.redaction import carrying_out


@task()
def build_dossier(pk: int) -> None:
    """Build a waiting dossier; nothing where it has begun or is done."""
    dossier = Dossier.objects.select_related("case", "requested_by__agency").filter(pk=pk).first()
    if dossier is not None:
        dossiers.build(dossier)


@task()
def issue_dossier(pk: int) -> None:
    """Make the bundle of a dossier that everybody has signed."""
    dossier = Dossier.objects.select_related("case", "requested_by__agency").filter(pk=pk).first()
    if dossier is not None:
        dossiers.issue_signed(dossier)


@task()
def preview_dossier(case_pk: int, actor_pk: int, run: str) -> None:
    """Lay out what somebody wants to look at before it is built; nothing where it is old."""
    case = Case.objects.filter(pk=case_pk).first()
    actor = User.objects.select_related("agency").filter(pk=actor_pk).first()
    if case is not None and actor is not None:
        previews.run(case, actor, run)


@task()
def carry_out_redaction(pk: int) -> None:
    """Make a copy that was asked for; nothing where it is done."""
    rows = Redaction.objects.select_related("original__file", "original__case", "done_by__agency")
    redaction = rows.filter(pk=pk, done_at__isnull=True, done_by__isnull=False).first()
    if redaction is not None:
        carrying_out.carry_out(redaction, actor=redaction.done_by)
