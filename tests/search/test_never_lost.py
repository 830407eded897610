"""A folder that is damaged, swapped or half made: found out, mended, and never an error page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from casework import cases
from casework.models import User
from search import index, loading, sync
from search.engines import EngineBusyError, EngineUnavailableError, IndexDocument, IndexLostError
from search.engines.tantivy import TantivyEngine
from tests.search.conftest import Find, Story
from tests.search.engine_contract import ask, document
from tests.search.test_tantivy import rebuilt

Spoil = Callable[[Path], None]


def replaced(file: Path, data: bytes) -> None:
    """Beside and renamed: a file cut short while it is mapped would end this process."""
    beside = file.with_suffix(".damaged")
    beside.write_bytes(data)
    beside.rename(file)


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 4] ^= 0x10
    replaced(file, bytes(data))


def cut(file: Path) -> None:
    replaced(file, file.read_bytes()[:-20])


def empty(file: Path) -> None:
    replaced(file, b"")


@pytest.mark.parametrize("spoil", [flip, cut, empty, Path.unlink])
@pytest.mark.parametrize("part", ["idx", "term", "pos", "store", "fast", "fieldnorm"])
def test_any_damage_is_found(tmp_path: Path, part: str, spoil: Spoil) -> None:
    rebuilt(tmp_path, "black tea", "green tea").verify()
    for file in tmp_path.glob(f"index-*/*.{part}"):
        spoil(file)
    with pytest.raises(IndexLostError):
        TantivyEngine(tmp_path).verify()


@pytest.mark.parametrize("spoil", [flip, cut])
def test_a_damaged_index_is_told_by_the_check_and_mended_by_the_worker(
    story: Story, settings: Settings, investigator: User, find: Find, spoil: Spoil
) -> None:
    sync.rebuild()
    before = find(investigator)
    for file in Path(settings.SEARCH_DIR).glob("index-*/*.idx"):
        spoil(file)
    index._in_folder.cache_clear()
    with pytest.raises(CommandError, match=r"damaged|cut short"):
        call_command("rebuild_search", check=True)
    sync.mend.call()
    call_command("rebuild_search", check=True)
    assert find(investigator) == before


def test_a_whole_index_is_not_built_anew(story: Story, settings: Settings) -> None:
    sync.rebuild()
    before = list(Path(settings.SEARCH_DIR).glob("index-*"))
    sync.mend.call()
    assert list(Path(settings.SEARCH_DIR).glob("index-*")) == before


def test_a_reader_with_the_old_index_open_finds_the_new(tmp_path: Path) -> None:
    reader = rebuilt(tmp_path, "tea")
    assert ask(reader, "tea").total == 1
    rebuilt(tmp_path, "tea", "tea")
    assert ask(reader, "tea").total == 2
    assert len(list(reader.digests())) == 2


def test_a_search_in_the_moment_of_the_swap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader has looked up the old name when the old folder goes."""
    reader = rebuilt(tmp_path, "tea")
    assert ask(reader, "tea").total == 1
    names = [reader._name_in_use()]
    rebuilt(tmp_path, "tea", "tea")
    whole = reader._name_in_use
    monkeypatch.setattr(reader, "_name_in_use", lambda: names.pop() if names else whole())
    assert ask(reader, "tea").total == 2
    assert not names


def test_what_a_killed_rebuild_left_goes_before_the_next_one_fills_the_disk(tmp_path: Path) -> None:
    engine = rebuilt(tmp_path, "tea")
    left = tmp_path / "index-half-made"
    left.mkdir()

    def made() -> "list[IndexDocument]":
        assert not left.exists()
        return [document(1, "tea")]

    with engine.writing():
        engine.rebuild(one for _ in range(1) for one in made())
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_a_rebuild_that_fails_leaves_no_half_made_folder(tmp_path: Path) -> None:
    engine = rebuilt(tmp_path, "tea")

    def broken() -> "list[IndexDocument]":
        raise OSError(28, "No space left on device")

    with engine.writing(), pytest.raises(EngineUnavailableError) as told:
        engine.rebuild(one for _ in range(1) for one in broken())
    assert not isinstance(told.value, IndexLostError)
    assert len(list(tmp_path.glob("index-*"))) == 1
    assert ask(engine, "tea").total == 1


def test_all_digests_are_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.tantivy.DIGESTS", 2)
    engine = rebuilt(tmp_path, *["tea"] * 5)
    expected = {document(pk, "tea").key: document(pk, "tea").digest for pk in range(1, 6)}
    assert dict(engine.digests()) == expected


def test_a_rebuild_beside_another_gives_way_with_a_sentence(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.management.commands.rebuild_search.PATIENCE", 2)
    with index.engine().writing(), pytest.raises(CommandError, match="Let it finish"):
        call_command("rebuild_search")
    call_command("rebuild_search")


def test_a_rebuild_is_done_though_somebody_writes_right_after_it(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def busy() -> None:
        raise EngineBusyError("The index is being written.")

    monkeypatch.setattr(sync, "catch_up", busy)
    call_command("rebuild_search")
    assert "Indexed" in capsys.readouterr().out


def test_a_change_during_the_check_is_no_drift(
    story: Story, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync.rebuild()
    whole, changed = loading.everything, list[bool]()

    def meanwhile(failures: loading.Failures) -> Iterator[IndexDocument]:
        if not changed:
            changed.append(True)
            cases.open_case(title="Pangolin", tier="port", actor=investigator)
            sync.catch_up()
        yield from whole(failures)

    monkeypatch.setattr(loading, "everything", meanwhile)
    call_command("rebuild_search", check=True)
    assert changed
