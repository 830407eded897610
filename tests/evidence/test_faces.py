"""The faces of an installation: those it names, or the first with Chinese letters that is there."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from evidence import faces
from evidence.dossier import fonts


def test_the_fonts_that_the_installation_names_are_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(fonts, "register", lambda *given: asked.extend(given))
    settings.DATA_DIR, settings.FALLBACK_FONTS = tmp_path, ["/fonts/a.ttf", "/fonts/b.ttc"]
    faces.register()
    assert asked == [tmp_path / "fonts", [Path("/fonts/a.ttf"), Path("/fonts/b.ttc")]]


def test_one_of_the_installed_fonts_is_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = [tmp_path / name for name in ("a.ttf", "b.ttf", "c.ttf")]
    for path in here[1:]:
        path.touch()
    monkeypatch.setattr(fonts, "INSTALLED", here)
    assert fonts.installed() == [here[1]]
