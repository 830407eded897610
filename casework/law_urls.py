"""Addresses of the pages of the law; part of casework's own list."""

from django.urls import path

from casework.views import law, law_row

ROW = "law/<slug:slug>/<int:pk>/"

urlpatterns = [
    path("law/", law.law_list, name="law-list"),
    path("law/listings/", law.law_listings, name="law-listings"),
    path("law/points/", law.law_points, name="law-points"),
    path("law/limits/", law.law_limits, name="law-limits"),
    path("law/<slug:slug>/add/", law_row.law_add, name="law-add"),
    path(ROW, law_row.law_row, name="law-row"),
    path(f"{ROW}change/", law_row.law_change, name="law-change"),
    path(f"{ROW}new-version/", law_row.law_follow, name="law-follow"),
    path(f"{ROW}verify/", law_row.law_verify, name="law-verify"),
]
