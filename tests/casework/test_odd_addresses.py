"""Addresses that nothing has: no page, and no fault, on any database."""

import pytest
from django.test import Client

from casework.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/cases/%00/", "/cases/%00/flags/", "/cases/%00/network/"])
def test_a_null_byte_in_an_address_is_no_page(
    address: str, client: Client, investigator: User
) -> None:
    client.force_login(investigator)
    assert client.get(address).status_code == 404
