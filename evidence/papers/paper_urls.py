"""Addresses of a case's papers: certificates, and what goes to and comes from laboratories."""

from django.urls import path

from evidence.views import certificates, count_species, court_papers, laboratory

CERTIFICATES = "cases/<str:reference>/certificates/"
CERTIFICATE = CERTIFICATES + "<int:number>/"
LABORATORY = "cases/<str:reference>/laboratory/"
REQUEST = LABORATORY + "<int:number>/"
PAPERS = "cases/<str:reference>/papers/"
COUNT = "cases/<str:reference>/proceedings/<int:pk>/counts/<int:number>/"

urlpatterns = [
    path(PAPERS, court_papers.case_papers, name="case-papers"),
    path(
        PAPERS + "<slug:paper>/<path:key>.<slug:ending>/",
        court_papers.court_paper,
        name="court-paper",
    ),
    path(CERTIFICATES, certificates.case_certificates, name="case-certificates"),
    path(CERTIFICATES + "add/<slug:kind>/", certificates.certificate_add, name="certificate-add"),
    path(CERTIFICATE, certificates.certificate, name="certificate"),
    path(CERTIFICATE + "amend/", certificates.certificate_amend, name="certificate-amend"),
    path(CERTIFICATE + "sign/", certificates.certificate_sign, name="certificate-sign"),
    path(CERTIFICATE + "withdraw/", certificates.certificate_withdraw, name="certificate-withdraw"),
    path(CERTIFICATE + "draft/", certificates.certificate_draft_pdf, name="certificate-draft-pdf"),
    path(LABORATORY, laboratory.case_laboratory, name="case-laboratory"),
    path(LABORATORY + "send/", laboratory.laboratory_send, name="laboratory-send"),
    path(REQUEST, laboratory.laboratory_request, name="laboratory"),
    path(REQUEST + "amend/", laboratory.laboratory_amend, name="laboratory-amend"),
    path(REQUEST + "receive/", laboratory.laboratory_receive, name="laboratory-receive"),
    path(REQUEST + "report/", laboratory.laboratory_report, name="laboratory-report"),
    path(REQUEST + "memo/", laboratory.laboratory_memo_pdf, name="laboratory-memo-pdf"),
    path(COUNT + "species/", count_species.count_species, name="count-species"),
    path(COUNT + "findings/<int:finding>/answer/", count_species.count_answer, name="count-answer"),
]
