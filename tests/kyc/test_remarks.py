"""What a number, a mail domain or an address shows by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyc.diligence import remarks

DOMAINS = {"gmail.com": "free", "mailinator.com": "disposable"}


@pytest.mark.parametrize(
    ("kind", "value", "country", "remark"),
    [
        ("phone", "+254 712 345678", "KE", "mobile, KE"),
        ("phone", "+44 20 7946 0018", "KE", "fixed line, GB"),
        ("phone", "+254 000 000000", "KE", "no such number in KE"),
        ("phone", "ring twice", "KE", "not a telephone number as it stands"),
        ("email", "tea@gmail.com", "KE", "free mail domain"),
        ("email", "tea@x.MAILINATOR.com", "KE", "throw-away mail domain"),
        ("tax_pin", "A052184417K", "KE", "shape checked: KE PIN"),
        ("tax_pin", "Z052184417K", "KE", "not a number of KE as it stands: read it again"),
        ("tax_pin", "0100233488", "VN", "shape checked: VN MST"),
        ("tax_pin", "0100233489", "VN", "not a number of VN as it stands: read it again"),
        ("iban", "GB82 WEST 1234 5698 7654 32", "KE", "account in GB"),
        ("postal_address", "P.O. Box 1123-80100 Mombasa", "KE", "PO box only"),
    ],
)
def test_a_value_shows(kind: str, value: str, country: str, remark: str) -> None:
    assert remarks.of(kind, value, country, DOMAINS) == [remark]


@pytest.mark.parametrize(
    ("kind", "value", "country"),
    [
        ("email", "tea@tamarind.example", "KE"),
        ("address", "Plot 88, Links Road, P.O. Box 1123", "KE"),
        ("tax_pin", "12345", "TZ"),
        ("tax_pin", "12345", ""),
        ("name", "Tamarind", "KE"),
        ("phone", "", "KE"),
    ],
)
def test_nothing_is_remarked_where_nothing_shows(kind: str, value: str, country: str) -> None:
    assert remarks.of(kind, value, country, DOMAINS) == []


@given(
    st.sampled_from(["phone", "email", "tax_pin", "vat", "iban", "address"]),
    st.text(max_size=60),
    st.sampled_from(["KE", "VN", "TH", "CN", "ZA", "IN", "GB", ""]),
)
def test_no_text_breaks_it(kind: str, value: str, country: str) -> None:
    assert all(isinstance(remark, str) for remark in remarks.of(kind, value, country, DOMAINS))
