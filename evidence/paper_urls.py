"""Addresses of a case's papers: certificates, and what goes to and comes from laboratories."""

from django.urls import path

from evidence.views import certificates

CERTIFICATES = "cases/<str:reference>/certificates/"
CERTIFICATE = CERTIFICATES + "<int:number>/"

urlpatterns = [
    path(CERTIFICATES, certificates.case_certificates, name="case-certificates"),
    path(CERTIFICATES + "add/<slug:kind>/", certificates.certificate_add, name="certificate-add"),
    path(CERTIFICATE, certificates.certificate, name="certificate"),
    path(CERTIFICATE + "amend/", certificates.certificate_amend, name="certificate-amend"),
    path(CERTIFICATE + "sign/", certificates.certificate_sign, name="certificate-sign"),
    path(CERTIFICATE + "withdraw/", certificates.certificate_withdraw, name="certificate-withdraw"),
    path(CERTIFICATE + "draft/", certificates.certificate_draft_pdf, name="certificate-draft-pdf"),
]
