"""Addresses of the dossiers of a case."""

from django.urls import path

from evidence.views import dossier

DOSSIERS = "cases/<str:reference>/dossiers/"
DOSSIER = DOSSIERS + "<int:number>/"

urlpatterns = [
    path(DOSSIERS, dossier.dossier_list, name="dossier-list"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "volumes/<int:volume>/", dossier.dossier_volume, name="dossier-volume"),
    path(DOSSIER + "bundle/", dossier.dossier_bundle, name="dossier-bundle"),
]
