"""Addresses of the pages of the court record and of the figures; part of casework's own list."""

from django.urls import path

from casework.views import charge, drafting, figures, figures_export, hearing, outcome, proceeding

CASE = "cases/<str:reference>/"
ONE = f"{CASE}proceedings/<int:pk>/"

urlpatterns = [
    path("hearings/", hearing.hearing_list, name="hearing-list"),
    path("figures/", figures.figures, name="figures"),
    path("figures/cases/", figures.figures_cases, name="figures-cases"),
    path("figures/panels/<slug:key>/", figures.figures_panel, name="figures-panel"),
    path("figures/figures.csv", figures_export.figures_csv, name="figures-csv"),
    path("figures/figures.xlsx", figures_export.figures_xlsx, name="figures-xlsx"),
    path(f"{CASE}charges/", proceeding.proceeding_list, name="proceeding-list"),
    path(f"{CASE}proceedings/new/", proceeding.proceeding_new, name="proceeding-new"),
    path(f"{ONE}", proceeding.proceeding, name="proceeding"),
    path(f"{ONE}appeal/", proceeding.appeal_new, name="appeal-new"),
    path(f"{ONE}charge-sheet/", charge.charge_sheet, name="charge-sheet"),
    path(f"{ONE}charge-sheet/counts/new/", charge.count_new, name="count-new"),
    path(f"{ONE}charge-sheet/counts/<int:number>/", charge.count_edit, name="count-edit"),
    path(
        f"{ONE}charge-sheet/counts/<int:number>/remove/",
        charge.count_remove,
        name="count-remove",
    ),
    path(f"{ONE}pleas/", charge.plea_new, name="plea-new"),
    path(f"{ONE}decisions/", outcome.outcome_new, name="outcome-new"),
    path(f"{ONE}hearings/new/", hearing.hearing_new, name="hearing-new"),
    path(f"{CASE}accused/several/", drafting.accused_several, name="accused-several"),
    path(f"{CASE}accused/new/", proceeding.accused_new, name="accused-new"),
    path(f"{CASE}accused/<int:number>/edit/", proceeding.accused_edit, name="accused-edit"),
    path(f"{CASE}charges/<int:pk>/correct/", outcome.outcome_correct, name="outcome-correct"),
    path(f"{CASE}hearings/", hearing.case_hearings, name="case-hearings"),
    path(f"{CASE}hearings/<int:pk>/", hearing.hearing_record, name="hearing-record"),
]
