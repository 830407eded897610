"""Equal values are found by their key, however each was written."""

import importlib
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from casework.models import Code, User
from kyc import parties
from kyc.diligence import fact_values
from kyc.models import Fact
from kyc.parties import Origin

EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("phone", "+254 712 345678", "+254 (712) 345-678"),
        ("email", "Trade@Tamarind.example", "trade@tamarind.example"),
        ("website", "https://www.tamarind.example/tea", "tamarind.example"),
        ("registration", "PVT-7LUQ3XD", "pvt 7luq3xd"),
        ("address", "Plot 88, Links Rd., Nyali", "Links Road, Nyali, plot 88"),
        ("postal_address", "P.O. Box 1123, Mombasa", "PO BOX 1123 Mombasa"),
        ("director", "Muriuki, Lucy Wanja", "Lucy Wanja MURIUKI"),
        ("name", "Société Mélèze", "SOCIETE MELEZE"),
    ],
)
def test_two_spellings_have_one_key(kind: str, left: str, right: str) -> None:
    assert fact_values.key(kind, left) == fact_values.key(kind, right) != ""


@given(st.sampled_from(["phone", "email", "website", "address", "name"]), st.text(max_size=600))
def test_every_text_has_a_key_that_fits(kind: str, text: str) -> None:
    assert len(fact_values.key(kind, text)) <= fact_values.KEY_LENGTH


def test_a_saved_fact_has_its_key_and_an_older_one_gets_it(db: None, investigator: User) -> None:
    firm = parties.create(kind="firm", name="Tamarind Reef", country="KE", actor=investigator)
    phone = Code.objects.get(kind="fact_kind", code="phone")
    fact = parties.add_fact(
        firm, kind=phone, value="0712 345678", origin=EXTRACT, actor=investigator
    )
    assert fact.value_key == "254712345678"
    Fact.objects.update(value_key="")
    migration = importlib.import_module("kyc.migrations.0003_value_keys")
    migration.fill(apps, connection.schema_editor())
    assert Fact.objects.get().value_key == "254712345678"
