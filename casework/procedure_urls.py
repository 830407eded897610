"""Addresses of what happens to charges after the filing; part of casework's own list."""

from django.urls import path

from casework.views import amendment, charge_line, transfer, trial_step

CASE = "cases/<str:reference>/"
ONE = f"{CASE}proceedings/<int:pk>/"
SHEET = f"{ONE}charge-sheet/"

urlpatterns = [
    path(f"{CASE}charges/<int:pk>/", charge_line.charge_line, name="charge-line"),
    path(
        f"{SHEET}versions/<int:version>/",
        amendment.charge_sheet_version,
        name="charge-sheet-version",
    ),
    path(f"{SHEET}amend/", amendment.charge_sheet_amend, name="charge-sheet-amend"),
    path(f"{SHEET}discard/", amendment.charge_sheet_discard, name="charge-sheet-discard"),
    path(f"{SHEET}replace/<int:count>/", amendment.count_replace, name="count-replace"),
    path(f"{ONE}sever/", transfer.charge_sever, name="charge-sever"),
    path(f"{ONE}join/", transfer.charge_join, name="charge-join"),
    path(f"{ONE}withdraw/", transfer.charge_withdraw, name="charge-withdraw"),
    path(f"{ONE}steps/new/", trial_step.trial_step_new, name="trial-step-new"),
    path(f"{ONE}steps/<int:step>/", trial_step.trial_step_correct, name="trial-step-correct"),
]
