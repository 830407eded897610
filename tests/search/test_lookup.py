"""While the index is away: names and numbers of what the reader may see, and nothing slow."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from casework.models import User
from search import lookup
from search.lookup import ALL, EACH, MARKS, NAMES
from tests.search.whole_story import Whole

FOUND = {
    "ivory tea": "case",
    "mombasa": "seizure",
    "FCIU 523579-6": "consignment",
    "cu558120": "consignment",
    "tamarind": "involvement",
    "openwitness": "statement",
    "salim mwero": "summons",
    "mfi 3": "mark",
    "MISC 7/2024": "order",
    "hai phong": "assistance",
    "invented laboratory": "laboratory",
    "dr invented": "certificate",
    "lucy wanja": "dealing",
    "opendeadline": "deadline",
    "quay": "file",
}


@pytest.fixture
def reader(whole: Whole, custodian: User) -> User:
    person: User = User.objects.get(pk=custodian.pk)
    return person


def kinds(person: User, typed: str) -> set[str]:
    return {key.kind for key in lookup.keys(person, typed)}


def test_what_has_a_name_is_found_by_it(reader: User, outsider: User) -> None:
    for typed, kind in FOUND.items():
        assert kind in kinds(reader, typed), typed
        assert kinds(outsider, typed) == set(), typed


def test_signs_are_read_as_in_the_index(reader: User) -> None:
    assert kinds(reader, "ivory -tea OR") == kinds(reader, "ivory")
    assert kinds(reader, "port:mombasa") >= {"seizure"}
    assert kinds(reader, "openwit*") >= {"witness", "statement"}
    assert kinds(reader, "-ivory") == kinds(reader, "") == set()


def test_it_asks_a_few_short_questions(
    reader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2 * len({*NAMES, *MARKS})):
        found = lookup.keys(reader, "e")
    assert len(found) <= ALL
    assert max(sum(key.kind == kind for key in found) for kind in NAMES) <= EACH
