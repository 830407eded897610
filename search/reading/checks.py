"""What `manage.py check --deploy` says about the program that reads pictures of text."""

from typing import Any

from django.core.checks import CheckMessage, Info, register

from search.reading import pictures


@register("casework", deploy=True)
def recognition(**kwargs: Any) -> list[CheckMessage]:
    """Its absence breaks nothing: pictures and scans are found by name, caption and digest."""
    if pictures.version():
        return []
    return [
        Info(
            "Tesseract is not installed, or has none of the languages in CASEWORK_OCR_LANGUAGES.",
            hint="Install it and run `manage.py read_files`: scans are then found by words.",
            id="search.I001",
        )
    ]
