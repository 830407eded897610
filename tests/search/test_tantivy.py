"""The contract on tantivy, and what only a folder can suffer: deleted, damaged, killed."""

import shutil
from pathlib import Path

import pytest

from search.engines import Engine, EngineUnavailableError, IndexDocument
from search.engines.tantivy import WINDOW, TantivyEngine
from tests.search.engine_contract import EngineContract, ask, document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "search"


class TestTantivy(EngineContract):
    @pytest.fixture
    def engine(self, folder: Path) -> Engine:
        return TantivyEngine(folder)


def rebuilt(folder: Path, *titles: str) -> TantivyEngine:
    engine = TantivyEngine(folder)
    with engine.writing():
        engine.rebuild(document(pk, title) for pk, title in enumerate(titles, 1))
    return engine


def test_without_an_index_it_is_unavailable(folder: Path) -> None:
    with pytest.raises(EngineUnavailableError):
        ask(TantivyEngine(folder), "tea")


def test_a_deleted_folder_is_noticed_by_an_open_reader(folder: Path) -> None:
    engine = rebuilt(folder, "tea")
    assert ask(engine, "tea").total == 1
    shutil.rmtree(folder)
    with pytest.raises(EngineUnavailableError):
        ask(engine, "tea")


@pytest.mark.parametrize("pattern", ["meta.json", "*.idx", "*.fast", "*.term", "*.pos"])
def test_damaged_files_are_an_unavailable_engine(folder: Path, pattern: str) -> None:
    rebuilt(folder, "black tea", "green tea")
    for file in folder.glob(f"index-*/{pattern}"):
        file.write_bytes(b"\x00" * 40)
    with pytest.raises(EngineUnavailableError):
        ask(TantivyEngine(folder), '"black tea"')


def test_a_rebuild_killed_halfway_leaves_the_old_index(folder: Path) -> None:
    engine = rebuilt(folder, "tea")

    def broken() -> "list[IndexDocument]":
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), engine.writing():
        engine.rebuild(d for d in broken())
    assert ask(engine, "tea").total == 1


def test_readers_follow_to_the_new_index(folder: Path) -> None:
    reader = rebuilt(folder, "tea")
    assert ask(reader, "coffee").total == 0
    rebuilt(folder, "coffee")
    assert ask(reader, "coffee").total == 1
    assert len(list(folder.glob("index-*"))) == 1


def test_another_process_sees_what_was_written(folder: Path) -> None:
    reader, writer = rebuilt(folder, "tea"), TantivyEngine(folder)
    assert ask(reader, "coffee").total == 0
    with writer.writing():
        writer.write([document(2, "coffee")])
    assert ask(reader, "coffee").total == 1


def test_equals_stand_newest_first_and_pages_join_across_windows(folder: Path) -> None:
    count = 2 * WINDOW + 30
    engine = rebuilt(folder, *["the same title"] * count)
    offsets = range(0, count + 30, 30)
    pages = [ask(engine, "title", offset=offset, limit=30) for offset in offsets]
    keys = [key.pk for page in pages for key in page.hits]
    assert sorted(keys) == list(range(1, count + 1))
    assert keys[:WINDOW] == sorted(keys[:WINDOW], reverse=True)
