"""The two commands that later versions fill say so and fail."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize(
    "command", [("screen", "--json"), ("import_watchlist", "list.csv", "--name", "UN")]
)
def test_it_says_that_it_comes_later(command: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="later version") as refused:
        call_command(*command)
    assert refused.value.returncode == 2
