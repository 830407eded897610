"""Addresses of the dossiers of a case."""

from django.urls import path

from evidence.views import dossier, dossier_preview, dossier_template, signing

DOSSIERS = "cases/<str:reference>/dossiers/"
DOSSIER = DOSSIERS + "<int:number>/"
TEMPLATES = "dossier-templates/"
TEMPLATE = TEMPLATES + "<int:pk>/"

urlpatterns = [
    path(TEMPLATES, dossier_template.dossier_template_list, name="dossier-template-list"),
    path(TEMPLATES + "add/", dossier_template.dossier_template_add, name="dossier-template-add"),
    path(TEMPLATE, dossier_template.dossier_template_change, name="dossier-template-change"),
    path(
        TEMPLATE + "offer/",
        dossier_template.dossier_template_offer,
        name="dossier-template-offer",
    ),
    path(DOSSIERS, dossier.dossier_list, name="dossier-list"),
    path(DOSSIERS + "preview/", dossier_preview.dossier_preview, name="dossier-preview"),
    path(
        DOSSIERS + "preview/<int:volume>/",
        dossier_preview.dossier_preview_volume,
        name="dossier-preview-volume",
    ),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "supplement/", dossier.dossier_supplement, name="dossier-supplement"),
    path(DOSSIER + "stop/", dossier.dossier_stop, name="dossier-stop"),
    path(DOSSIER + "volumes/<int:volume>/", dossier.dossier_volume, name="dossier-volume"),
    path(DOSSIER + "sign/", signing.dossier_sign, name="dossier-sign"),
    path(DOSSIER + "refuse/", signing.dossier_refuse, name="dossier-refuse"),
    path(DOSSIER + "retry/", signing.dossier_retry, name="dossier-retry"),
    path(DOSSIER + "signatures/", signing.dossier_signatures, name="dossier-signatures"),
    path(DOSSIER + "bundle/", dossier.dossier_bundle, name="dossier-bundle"),
]
