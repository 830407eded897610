"""The witness for other agencies, as C2SP tlog-witness prescribes: no sign-in, signed requests."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from evidence.tree import watching
from evidence.tree.watching import BAD_REQUEST, CONFLICT, LARGEST_REQUEST, Refused

PLAIN, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"


@csrf_exempt
@login_not_required
@require_POST
def witness_add_checkpoint(request: HttpRequest) -> HttpResponse:
    try:
        line = watching.add_checkpoint(_text(request))
    except Refused as refused:
        if refused.status == CONFLICT:
            return HttpResponse(f"{refused.size}\n", content_type=SIZE, status=CONFLICT)
        return HttpResponse(f"{refused.told}\n", content_type=PLAIN, status=refused.status)
    return HttpResponse(line, content_type=PLAIN)


def _text(request: HttpRequest) -> str:
    data = request.read(LARGEST_REQUEST + 1)
    if len(data) > LARGEST_REQUEST:
        raise Refused(BAD_REQUEST, "the request is too long")
    try:
        return bytes(data).decode()
    except UnicodeDecodeError as error:
        raise Refused(BAD_REQUEST, "the request is not UTF-8") from error


@login_not_required
@require_GET
def witness_checkpoint(request: HttpRequest, origin_hash: str) -> HttpResponse:
    """The newest head of a ledger that we have cosigned, for whoever watches it."""
    head = watching.newest_by_hash(origin_hash)
    if head is None:
        raise Http404
    return HttpResponse(head.note, content_type=PLAIN)
