"""Addresses of the store: its places, checks by scanning, the stock; and chains to explain."""

from django.urls import path

from evidence.views import gap_list

urlpatterns = [
    path("exhibits/to-explain/", gap_list.gap_list, name="gap-list"),
]
