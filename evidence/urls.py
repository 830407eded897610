"""Addresses of the evidence pages."""

from django.urls import URLPattern, URLResolver

from evidence import dossier_urls, exhibit_urls, ledger_urls, paper_urls, store_urls

app_name = "evidence"

urlpatterns: list[URLPattern | URLResolver] = [
    *dossier_urls.urlpatterns,
    *exhibit_urls.urlpatterns,
    *ledger_urls.urlpatterns,
    *paper_urls.urlpatterns,
    *store_urls.urlpatterns,
]
