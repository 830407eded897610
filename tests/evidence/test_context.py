"""The number beside Home: counted once between two acts, and anew after each."""

from casework.models import Case, User
from evidence import context, custody
from tests.evidence import scenes


def test_an_act_shows_at_once(case: Case, investigator: User, custodian: User) -> None:
    assert context.number(custodian) == 0
    offered = scenes.offer(case, investigator, custodian)
    assert context.number(custodian) == 1
    custody.acknowledge(offered, actor=custodian, seal_number=offered.seal_number, seal_intact=True)
    assert context.number(custodian) == 0


def test_it_is_one_persons(case: Case, investigator: User, custodian: User) -> None:
    scenes.offer(case, investigator, custodian)
    assert [context.number(person) for person in (custodian, investigator)] == [1, 0]
