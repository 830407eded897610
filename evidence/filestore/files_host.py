"""The separate host for files: bytes for signed links that live two minutes, and nothing else.

No cookie reaches it, so the link names the person and the file; whether that person may still have
the file is asked when the link is used.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.utils.translation import gettext as _

from casework.errors import DomainError
from casework.models import User
from evidence.filestore import serving
from evidence.models import Attachment

SALT = "evidence.filestore.files_host"
LINK_SECONDS = 120


def link(attachment: Attachment, what: str, *, user: User) -> str:
    """An address on the files' host that gives this person this file for a short while."""
    stated = [user.pk, _mark(user), attachment.pk, what]
    token = signing.dumps(stated, salt=SALT, compress=True)
    return f"{urlsplit(settings.PUBLIC_URL).scheme}://{settings.FILES_HOST}/{token}"


def _mark(user: User) -> str:
    """A new password, which ends all sessions, ends the links too."""
    return user.get_session_auth_hash()[:16]


class FilesHostMiddleware:
    """Answers what comes to the files' host before anything else of the product sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = settings.FILES_HOST
        if not host or _name_of(request.get_host()) != _name_of(host):
            return self.get_response(request)
        response = _serve(request)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "private, no-store"
        return response


def _name_of(host: str) -> str:
    """Without port and final dot: the same machine under another spelling is the same host."""
    return split_domain_port(host)[0].lower().rstrip(".")


def _serve(request: HttpRequest) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        return _say(_("Only downloads are served here."), 405)
    try:
        stated = signing.loads(request.path_info[1:], salt=SALT, max_age=LINK_SECONDS)
        attachment, user = _permitted(*stated)
    except signing.SignatureExpired:
        return _say(_("This link has ended. Open the file's page and download it again."), 410)
    except (signing.BadSignature, Attachment.DoesNotExist, User.DoesNotExist):
        return _say(_("There is nothing here that you may see."), 404)
    try:
        return serving.answer(attachment, str(stated[3]), actor=user)
    except DomainError as error:
        return _say(str(error.message), error.status)


def _permitted(person: int, mark: str, number: int, what: str) -> tuple[Attachment, User]:
    """The file and the person, as far as the permission stands now."""
    user = User.objects.get(pk=person, is_active=True)
    if _mark(user) != mark:
        raise User.DoesNotExist
    visible = Attachment.objects.visible_to(user).select_related("file", "case", "exhibit")
    return visible.get(pk=number), user


def _say(words: str, status: int) -> HttpResponse:
    return serving.sealed(HttpResponse(words, status=status, content_type="text/plain"))
