"""Read the words of files that wait, or of all once more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Q

from search import sync
from search.models import FileText
from search.reading import keeping, pictures, reasons, working


class Command(BaseCommand):
    help = "Read the words of files for the search: those that wait, and those that now can be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="read all files once more")

    def handle(self, *args: Any, **options: Any) -> None:
        keeping.want_missing()
        if options["again"]:
            keeping.want_again()
        elif pictures.version():
            keeping.want_again(Q(reason=reasons.NO_OCR))
        self._say_pictures()
        working.work(progress=self._show if options["verbosity"] > 1 else lambda words: None)
        sync.after_commit()
        self._sum_up()

    def _say_pictures(self) -> None:
        version = pictures.version()
        if version:
            self.stdout.write(f"Pictures are read by Tesseract {version} ({pictures.languages()}).")
        else:
            self.stdout.write("Tesseract is not installed: pictures of text are not read.")

    def _show(self, words: FileText) -> None:
        said = f"{words.file.digest[:12]} {words.state} {words.reason} {words.characters}"
        self.stdout.write(" ".join(said.split()))

    def _sum_up(self) -> None:
        rows = FileText.objects.order_by().values_list("state", "reason").annotate(n=Count("pk"))
        for state, reason, n in sorted(rows):
            self.stdout.write(f"{n} {state}{f': {reason}' if reason else ''}")
