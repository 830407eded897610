"""Addresses of the ledger: its heads with their witnesses, and the witness for other agencies."""

from django.urls import path

from evidence.views import ledger, witness

urlpatterns = [
    path("ledger/", ledger.ledger_heads, name="ledger-heads"),
    path("witness/add-checkpoint", witness.witness_add_checkpoint, name="witness-add-checkpoint"),
    path(
        "witness/<str:origin_hash>/checkpoint",
        witness.witness_checkpoint,
        name="witness-checkpoint",
    ),
]
