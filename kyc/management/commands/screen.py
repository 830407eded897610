"""Screening on the command line: every party, or one, against all lists in force."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.models import User
from kyc.models import Hit, Party
from kyc.watch import screening, screening_pages


class Command(BaseCommand):
    help = "Screen all parties, or one, against the lists in force, and print the findings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--party", type=int, help="the number of one party")
        parser.add_argument("--as", dest="username", help="only what this person may see")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Hit.objects.filter(closed_at__isnull=True)
        if options["username"]:
            rows = Hit.objects.visible_to(self._user(options["username"])).filter(pk__in=rows)
        if options["party"] is None:
            screening.screen_all()
        else:
            party = Party.objects.filter(pk=options["party"]).first()
            if party is None:
                raise CommandError(f"No party has the number {options['party']}.")
            screening.screen_party(party)
            rows = rows.filter(party=party.merged_into_id or party.pk)
        found = [_told(hit) for hit in screening_pages.with_all(rows)]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for told in found:
            self.stdout.write(_line(told))
        self.stdout.write(f"{len(found)} found.")

    def _user(self, username: str) -> User:
        user: User | None = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody has the user name {username}.")
        return user


def _told(hit: Hit) -> dict[str, Any]:
    return {
        "party": hit.party_id,
        "name": hit.party.name,
        "uid": hit.entry.uid,
        "entry": hit.entry.name,
        "list": hit.entry.watchlist.name,
        "meaning": hit.entry.watchlist.meaning,
        "version": hit.version.number,
        "score": hit.score,
        "reasons": [reason["words"] for reason in hit.explanation],
        "judgement": hit.judgement,
        "case": hit.case.reference if hit.case else None,
    }


def _line(told: dict[str, Any]) -> str:
    what = f"{told['party']} {told['name']}: {told['entry']} ({told['uid']})"
    why = "; ".join(told["reasons"])
    return f"{what}, {told['list']} version {told['version']}, {told['score']} of 1000: {why}"
