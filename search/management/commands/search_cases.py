"""Search from the command line, as one person: exactly what that person's page would show."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.models import User
from search import query, run
from search.engines import SearchOrder


class Command(BaseCommand):
    help = "Search what one person may see."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", help="any text, as typed into the search box")
        parser.add_argument("--as", dest="username", required=True, metavar="USERNAME")
        parser.add_argument("--order", choices=list(SearchOrder), default=SearchOrder.RELEVANCE)
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--json", action="store_true", help="total, hits and facets as data")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username__iexact=options["username"]).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {options['username']}.")
        asked = run.Params(
            typed=query.clean(options["query"]),
            order=SearchOrder(options["order"]),
            page=min(max(options["page"], 1), run.LAST_PAGE),
        )
        answer = run.search(person, asked)
        if options["json"]:
            self.stdout.write(json.dumps(answer.as_data(), indent=2, ensure_ascii=False))
        else:
            self._show(answer)

    def _show(self, answer: run.Answer) -> None:
        if answer.is_lookup:
            self.stderr.write("The index is away: references, names and numbers only.")
        self.stdout.write(f"{answer.total} found")
        for hit in answer.results:
            self.stdout.write(
                f"{hit.kind}  {hit.title.plain}  {hit.reference}  {hit.date:%Y-%m-%d}"
            )
            if hit.snippet:
                self.stdout.write(f"    {' '.join(hit.snippet.plain.split())}")
