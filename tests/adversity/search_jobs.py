"""What children of the nursery do to the search index, several at once or until they are killed."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from casework import cases
from casework.models import Case
from search import index, run, sync
from search.engines import EngineBusyError, EngineUnavailableError
from search.models import OutboxEntry
from search.scope import WHOLE_CASE
from tests.adversity import scene

Tell = Callable[[Any], None]


def open_cases(tell: Tell, writer: int = 0, times: int = 1) -> None:
    """Tells the number of each case when its act has returned, as a page would."""
    for number in range(times):
        title = f"Pangolin {writer} {number}"
        case = cases.open_case(title=title, tier="port", actor=scene.writer(writer))
        tell(case.pk)


def doubt_all(tell: Tell, times: int = 1) -> None:
    """Every case waits to be indexed again, as after an hour without an engine."""
    cases_ = list(Case.objects.values_list("pk", flat=True))
    OutboxEntry.objects.bulk_create(
        [OutboxEntry(kind=WHOLE_CASE, object_id=pk) for pk in cases_ * times], batch_size=500
    )


def on_server(
    tell: Tell, url: str, prefix: str, patience: float, act: str, **arguments: Any
) -> None:
    """Another job, on Elasticsearch, whose answer is waited for so many seconds."""
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = url, prefix
    settings.ELASTICSEARCH_SECONDS = patience
    globals()[act](tell, **arguments)


def catch_up(tell: Tell) -> None:
    """A server may not have heard yet that the last who wrote was killed."""
    until = time.monotonic() + 120
    while True:
        try:
            return tell(sync.catch_up())
        except EngineBusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def follow(tell: Tell, seconds: float) -> None:
    """A worker that is asked again and again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            sync.catch_up()
        except EngineBusyError:
            time.sleep(0.02)


def rebuild_index(tell: Tell, times: int | None = 1) -> None:
    done = 0
    while times is None or done < times:
        try:
            tell(sync.rebuild())
        except EngineBusyError:
            time.sleep(0.02)
        else:
            done += 1


def rebuild_as_told(tell: Tell) -> None:
    """The command, which may have to give way."""
    tell(scene.run("rebuild_search"))


def look(tell: Tell, writer: int = 0, seconds: float = 0) -> None:
    """Search again and again; tells how often, and how often the index could not be asked."""
    until, asked, lookups, least = time.monotonic() + seconds, 0, 0, 1 << 30
    while True:
        answer = run.search(scene.writer(writer), run.Params(typed="pangolin"))
        asked, lookups = asked + 1, lookups + answer.is_lookup
        least = min(least, answer.total)
        if time.monotonic() > until:
            break
    tell([asked, lookups, least])


def mend(tell: Tell) -> None:
    sync.mend.call()


def told_refusal(tell: Tell, act: str) -> None:
    """Another job, which the engine may refuse: tells the words."""
    try:
        globals()[act](tell)
    except EngineUnavailableError as error:
        tell(f"{type(error).__name__}: {error}")


def search_standing(tell: Tell) -> None:
    """What is in the index, what waits, what differs, and the folders."""
    found = {str(key) for key, _digest in index.engine().digests()}
    folders = [folder.name for folder in Path(settings.SEARCH_DIR).glob("index-*")]
    tell(
        {
            "found": sorted(found),
            "waiting": OutboxEntry.objects.count(),
            "drift": {what: keys for what, keys in sync.drift().items() if keys},
            "folders": len(folders),
        }
    )
