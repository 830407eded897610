"""Addresses of redacted copies."""

from django.urls import path

from evidence.views import redaction

REDACTIONS = "cases/<str:reference>/redactions/<int:number>/"

urlpatterns = [
    path(
        "cases/<str:reference>/files/<int:number>/redact/",
        redaction.redaction_begin,
        name="redaction-begin",
    ),
    path(REDACTIONS, redaction.redaction, name="redaction"),
    path(REDACTIONS + "<str:side>/<int:page>/", redaction.redaction_page, name="redaction-page"),
]
