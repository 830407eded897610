"""Addresses of what a case's days in court rest on: statements, and what each hearing needs."""

from django.urls import path

from evidence.views import hearing, statement

STATEMENTS = "cases/<str:reference>/statements/"
STATEMENT = STATEMENTS + "<int:pk>/"

HEARING = "cases/<str:reference>/hearings/<int:pk>/"

urlpatterns = [
    path("hearings/readiness/", hearing.readiness_board, name="readiness"),
    path(HEARING + "needs/", hearing.hearing, name="hearing"),
    path(HEARING + "needs/add/", hearing.need_add, name="need-add"),
    path("cases/<str:reference>/needs/<int:pk>/", hearing.need, name="need"),
    path(STATEMENTS + "new/", statement.statement_add, name="statement-add"),
    path(STATEMENT, statement.statement, name="statement"),
    path(STATEMENT + "replace/", statement.statement_replace, name="statement-replace"),
    path(STATEMENT + "translate/", statement.statement_translate, name="statement-translate"),
    path(STATEMENT + "take-back/", statement.statement_take_back, name="statement-take-back"),
]
