"""Addresses of the points to prove; part of the evidence pages."""

from django.urls import path

from evidence.views import proof

PROOF = "cases/<str:reference>/proof/"

urlpatterns = [
    path(PROOF, proof.case_proof, name="case-proof"),
    path(f"{PROOF}<int:charge>/<int:element>/", proof.proof_cell, name="proof-cell"),
    path(f"{PROOF}counts/<int:count>/offers/", proof.proof_offers, name="proof-offers"),
    path(f"{PROOF}witnesses/", proof.proof_witnesses, name="proof-witnesses"),
]
