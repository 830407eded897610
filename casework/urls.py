"""Addresses of the casework pages."""

from django.urls import URLPattern, URLResolver, include, path

from casework.views import (
    case_edit,
    case_history,
    case_list,
    case_step,
    diary_add,
    preferences,
    suggest,
)

app_name = "casework"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("evidence.case_urls")),
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
]
