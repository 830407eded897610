"""The printed form of a hand-out: a page to sign by hand."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from casework import access
from casework.models import User
from evidence import exhibits
from evidence.acts import handout_form
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
    page = handout_form.pdf(event, _drawn(event, user))
    name = f"{event.label}-{event.sequence}.pdf".replace("/", "-")
    return FileResponse([page], filename=name, content_type="application/pdf", as_attachment=False)


def _drawn(event: CustodyEvent, user: User) -> Attachment | None:
    """What was drawn on the screen; a photograph of that name is nobody's signature."""
    terms = getattr(event, "hand_out", None)
    if terms is None or terms.is_signed_on_paper:
        return None
    rows = Attachment.objects.visible_to(user).filter(
        exhibit=event.exhibit_id,
        name=SIGNATURE,
        kind=Attachment.Kind.DOCUMENT,
        file__digest__in=event.file_digests,
    )
    found: Attachment | None = rows.select_related("file").order_by("pk").first()
    return found
