"""The printed form of a hand-out: a page to sign by hand."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from casework import access
from evidence import exhibits, handout_form
from evidence.models import Attachment, CustodyEvent

SIGNATURE = "signature.png"  # the name under which a drawing was kept


@require_safe
def hand_out_form(request: HttpRequest, reference: str, label: str, number: int) -> FileResponse:
    user = access.person(request)
    exhibit = exhibits.find(user, reference, label)
    event = (
        exhibit.custody.select_related("hand_out", "exhibit__case")
        .filter(sequence=number, kind=CustodyEvent.Kind.HANDED_OUT)
        .first()
    )
    if event is None:
        raise Http404
    drawn = Attachment.objects.visible_to(user).filter(
        exhibit=exhibit, name=SIGNATURE, file__digest__in=event.file_digests
    )
    page = handout_form.pdf(event, drawn.select_related("file").first())
    name = f"{event.label}-{event.sequence}.pdf".replace("/", "-")
    return FileResponse([page], filename=name, content_type="application/pdf", as_attachment=False)
