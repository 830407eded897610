"""Addresses of the casework pages."""

from django.urls import URLPattern, URLResolver, include, path

from casework.views import (
    account,
    audit,
    break_glass,
    case_edit,
    case_history,
    case_list,
    case_step,
    diary_add,
    people,
    people_agencies,
    preferences,
    suggest,
    team,
)

app_name = "casework"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("evidence.case_urls")),
    path("", include("casework.court_urls")),
    path("", include("casework.law_urls")),
    path("", include("casework.days_urls")),
    path("", include("casework.duty_urls")),
    path("", include("casework.sentencing_urls")),
    path("settings/", preferences.preferences, name="preferences"),
    path("cases/", case_list.case_list, name="case-list"),
    path("cases/<str:reference>/edit/", case_edit.case_edit, name="case-edit"),
    path("cases/<str:reference>/step/", case_step.case_step, name="case-step"),
    path("cases/<str:reference>/history/", case_history.case_history, name="case-history"),
    path("cases/<str:reference>/notes/add/", diary_add.diary_add, name="diary-add"),
    path("suggest/ports/", suggest.suggest_ports, name="suggest-ports"),
    path("suggest/taxa/", suggest.suggest_taxa, name="suggest-taxa"),
    path("suggest/goods/", suggest.suggest_goods, name="suggest-goods"),
    path("suggest/countries/", suggest.suggest_countries, name="suggest-countries"),
    path("settings/password/", account.account_password, name="account-password"),
    path("emergency/", break_glass.break_glass, name="break-glass"),
    path("cases/<str:reference>/audit/", audit.case_audit, name="case-audit"),
    path("cases/<str:reference>/team/", team.case_team, name="case-team"),
    path("cases/<str:reference>/team/add/", team.team_grant, name="team-grant"),
    path("cases/<str:reference>/team/<str:kind>/<int:pk>/end/", team.team_end, name="team-end"),
    path("suggest/people/", team.suggest_people, name="suggest-people"),
    path("people/", people.people_list, name="people-list"),
    path("people/add/", people.people_add, name="people-add"),
    path("people/<int:pk>/", people.people_change, name="people-change"),
    path("people/<int:pk>/password/", people.people_password, name="people-password"),
    path("people/<int:pk>/end/", people.people_deactivate, name="people-deactivate"),
    path("people/<int:pk>/handover/", people.people_handover, name="people-handover"),
    path("people/<int:pk>/renew/", people.people_reactivate, name="people-reactivate"),
    path("agencies/", people_agencies.people_agencies, name="people-agencies"),
    path("agencies/add/", people_agencies.people_agency_add, name="people-agency-add"),
    path("agencies/<int:pk>/", people_agencies.people_agency_change, name="people-agency-change"),
    path("agencies/<int:pk>/units/add/", people_agencies.people_unit_add, name="people-unit-add"),
    path("units/<int:pk>/", people_agencies.people_unit_change, name="people-unit-change"),
]
