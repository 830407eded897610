"""Addresses of the evidence pages."""

from django.urls import URLPattern, URLResolver

from evidence import court_urls, dossier_urls, exhibit_urls
from evidence.disclosure import disclosure_urls
from evidence.in_court import in_court_urls
from evidence.papers import paper_urls
from evidence.proof import proof_urls
from evidence.redaction import redaction_urls
from evidence.reporting import reporting_urls
from evidence.store import store_urls
from evidence.tree import ledger_urls

app_name = "evidence"

urlpatterns: list[URLPattern | URLResolver] = [
    *court_urls.urlpatterns,
    *disclosure_urls.urlpatterns,
    *dossier_urls.urlpatterns,
    *exhibit_urls.urlpatterns,
    *in_court_urls.urlpatterns,
    *ledger_urls.urlpatterns,
    *paper_urls.urlpatterns,
    *proof_urls.urlpatterns,
    *redaction_urls.urlpatterns,
    *reporting_urls.urlpatterns,
    *store_urls.urlpatterns,
]
