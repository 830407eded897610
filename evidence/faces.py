"""The faces of this installation's papers: those of the packages, and the ones it names."""

from pathlib import Path

from django.conf import settings

from evidence.dossier import fonts


def register() -> None:
    """Make them known to what draws papers, once per process."""
    named = [Path(path) for path in settings.FALLBACK_FONTS]
    fonts.register(Path(settings.DATA_DIR) / "fonts", named)
