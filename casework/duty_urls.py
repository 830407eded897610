"""Addresses of deadlines, warrants and orders, and assistance; part of casework's own list."""

from django.urls import path

from casework.views import assistance, authority, deadline, duty

CASE = "cases/<str:reference>/"
DUTIES = CASE + "duties/"
AUTHORITY = CASE + "authorities/<int:pk>/"
ASSISTANCE = CASE + "assistance/<int:pk>/"

urlpatterns = [
    path("duties/", duty.duty_list, name="duty-list"),
    path(DUTIES, duty.case_duties, name="case-duties"),
    path(DUTIES + "deadlines/new/", deadline.deadline_add, name="deadline-add"),
    path(DUTIES + "deadlines/<int:pk>/", deadline.deadline, name="deadline"),
    path(DUTIES + "deadlines/<int:pk>/edit/", deadline.deadline_change, name="deadline-change"),
    path(DUTIES + "law/<str:key>/", deadline.deadline_answer, name="deadline-answer"),
    path(CASE + "authorities/new/", authority.authority_add, name="authority-add"),
    path(AUTHORITY, authority.authority, name="authority"),
    path(AUTHORITY + "edit/", authority.authority_change, name="authority-change"),
    path(AUTHORITY + "carried-out/", authority.authority_execute, name="authority-execute"),
    path(AUTHORITY + "end/", authority.authority_end, name="authority-end"),
    path(CASE + "assistance/new/", assistance.assistance_add, name="assistance-add"),
    path(ASSISTANCE, assistance.assistance, name="assistance"),
    path(ASSISTANCE + "edit/", assistance.assistance_change, name="assistance-change"),
    path(ASSISTANCE + "steps/new/", assistance.assistance_step, name="assistance-step"),
]
