"""Addresses of witnesses, admissions and days in court; part of casework's own list."""

from django.urls import path

from casework.views import admission, calendar, presiding, stalled, summons, witness

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
    path("hearings/calendar/", calendar.hearing_calendar, name="hearing-calendar"),
    path("hearings/day/<str:day>/", calendar.cause_list, name="cause-list"),
    path("hearings/stalled/", stalled.stalled_list, name="stalled-list"),
    path(CASE + "hearings/<int:pk>/summons/", summons.summons_new, name="summons-new"),
    path(CASE + "summonses/<int:pk>/", summons.summons, name="summons"),
    path(CASE + "proceedings/<int:pk>/presiding/", presiding.presiding_new, name="presiding-new"),
]
