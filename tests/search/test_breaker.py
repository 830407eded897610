"""A server that was away is left alone for some seconds, and then asked by one."""

from search.engines.breaker import Breaker


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_it_lets_through_until_something_fails() -> None:
    breaker = Breaker(5, Clock())
    assert breaker.lets_through()
    breaker.answered()
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()


def test_after_the_pause_one_tries_for_all() -> None:
    clock = Clock()
    breaker = Breaker(5, clock)
    breaker.failed()
    clock.now += 5.1
    assert breaker.lets_through()
    assert not breaker.lets_through()
    breaker.answered()
    assert breaker.lets_through()
    assert breaker.lets_through()
