"""The files of a case: the list, and taking in new ones."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from casework.models import Case, User
from evidence import exhibits, files
from evidence.filestore import acquisitions, file_list
from evidence.forms.files import FileAddForm, kind_of
from evidence.models import Acquisition, Attachment

ROWS = 50
CAMERA = Acquisition.Method.CAMERA


@require_safe
def case_files(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    rows = file_list.told(Attachment.objects.visible_to(user).filter(case=case))
    kind = request.GET.get("kind", "")
    if kind in Attachment.Kind.values:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("file", "exhibit", "uploaded_by").order_by("-uploaded_at", "-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "page": page,
        "kind": kind,
        "kinds": Attachment.Kind.choices,
        "may_add": roles.EXHIBIT in case.granted_actions,
        "faulty": file_list.faulty(Attachment.objects.visible_to(user).filter(case=case)),
    }
    return render(request, "evidence/case_files.html", context)


@require_http_methods(["GET", "POST"])
def file_add(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EXHIBIT)
    exhibit = exhibits.named(user, case, request.GET.get("exhibit", ""))
    form = FileAddForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"exhibit": exhibit},
        case=case,
        user=user,
        can_hide=roles.SENSITIVE in case.granted_actions,
    )
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: _attach_all(case, form, user))
        if kept:
            said = ngettext("%(n)s file taken in.", "%(n)s files taken in.", len(kept))
            messages.success(request, said % {"n": len(kept)})
            of = kept[0].exhibit
            if of is not None:
                return redirect("evidence:exhibit", reference, of.label)
            return redirect("evidence:case-files", reference)
    return render(request, "evidence/file_add.html", {"case": case, "form": form})


def _attach_all(case: Case, form: FileAddForm, user: User) -> list[Attachment]:
    """Each file is a record of its own: bytes first, then its row and how it was obtained."""
    typed, statement = form.cleaned_data, form.statement(user)
    taken = []
    for upload in form.uploads():
        attachment = files.attach(
            case,
            upload=upload,
            kind=kind_of(upload, typed["kind"]),
            exhibit=typed["exhibit"],
            caption=typed["caption"],
            is_sensitive=typed.get("is_sensitive", False),
            taken_at=typed["acquired_at"] if typed["method"] == CAMERA else None,
            actor=user,
        )
        if statement is not None:
            acquisitions.acquire(attachment, statement, actor=user)
        taken.append(attachment)
    return taken
