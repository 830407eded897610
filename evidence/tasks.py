"""What the worker does in the background; each task finds its row and calls an operation."""

from django_tasks import task

from evidence.issuing import dossiers
from evidence.models import Dossier


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
