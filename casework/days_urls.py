"""Addresses of witnesses, admissions and days in court; part of casework's own list."""

from django.urls import path

from casework.views import admission, witness

CASE = "cases/<str:reference>/"
WITNESS = CASE + "witnesses/<str:label>/"

urlpatterns = [
    path(CASE + "witnesses/", witness.case_witnesses, name="case-witnesses"),
    path(CASE + "witnesses/new/", witness.witness_add, name="witness-add"),
    path(WITNESS, witness.witness, name="witness"),
    path(WITNESS + "edit/", witness.witness_edit, name="witness-edit"),
    path(WITNESS + "call/", witness.witness_drop, name="witness-drop"),
    path(CASE + "admissions/new/", admission.admission_new, name="admission-new"),
    path(CASE + "admissions/<int:pk>/", admission.admission_change, name="admission-change"),
]
