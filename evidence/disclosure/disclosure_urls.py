"""Addresses of disclosure and of service."""

from django.urls import path

from evidence.views import disclosure, disclosure_served, dossier_service

DISCLOSURE = "cases/<str:reference>/disclosure/"
SERVICES = "cases/<str:reference>/dossiers/<int:number>/services/"
SERVICE = SERVICES + "<int:pk>/"

urlpatterns = [
    path(DISCLOSURE, disclosure.disclosure, name="disclosure"),
    path(DISCLOSURE + "build/", disclosure.disclosure_build, name="disclosure-build"),
    path(DISCLOSURE + "served/", disclosure_served.disclosure_served, name="disclosure-served"),
    path(
        DISCLOSURE + "served/csv/",
        disclosure_served.disclosure_served_csv,
        name="disclosure-served-csv",
    ),
    path(SERVICES + "add/", dossier_service.dossier_service_add, name="dossier-service-add"),
    path(
        SERVICE + "correct/",
        dossier_service.dossier_service_correct,
        name="dossier-service-correct",
    ),
    path(
        SERVICE + "take-back/",
        dossier_service.dossier_service_take_back,
        name="dossier-service-take-back",
    ),
]
