"""The engine this installation searches with; chosen by settings alone."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines import Engine
from search.engines.tantivy import TantivyEngine


def engine() -> Engine:
    return _in_folder(Path(settings.SEARCH_DIR))


@lru_cache(maxsize=4)
def _in_folder(folder: Path) -> Engine:
    """One per process: it keeps the index open."""
    return TantivyEngine(folder)
