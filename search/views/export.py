"""What was found, as a table to take away."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework import access, clock
from search import exporting
from search.params import params_from

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def search_csv(request: HttpRequest) -> FileResponse:
    return _file(request, "csv")


@require_safe
def search_xlsx(request: HttpRequest) -> FileResponse:
    return _file(request, "xlsx")


def _file(request: HttpRequest, form: str) -> FileResponse:
    made = exporting.export(params_from(request.GET), form=form, actor=access.person(request))
    name = _("found-%(day)s") % {"day": clock.today().isoformat()}
    return FileResponse(
        made, as_attachment=True, filename=f"{name}.{form}", content_type=TYPES[form]
    )
