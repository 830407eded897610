"""Creates a person from the machine itself: the first administrator comes from here."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework import people
from casework.errors import DomainError
from casework.models import Agency, Unit, User


class Command(BaseCommand):
    help = "Create a person who can sign in; the password is asked for, or read from standard input"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="as the person writes it")
        parser.add_argument("--position", default="administrator", choices=User.Position.values)
        parser.add_argument("--agency", default="", help="its code; without one: all agencies")
        parser.add_argument("--unit", default="", help="its code within the agency")
        parser.add_argument("--password-stdin", action="store_true", help="do not ask, read a line")

    def handle(self, *args: Any, **options: Any) -> None:
        agency, unit = self._workplace(options["agency"], options["unit"])
        try:
            person = people.create_person(
                username=options["username"],
                password=self._password(options["password_stdin"]),
                name=options["name"],
                position=options["position"],
                agency=agency,
                unit=unit,
                actor=None,
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{person} can sign in as {person.username}.")

    def _workplace(self, agency_code: str, unit_code: str) -> tuple[Agency | None, Unit | None]:
        if not agency_code:
            return None, None
        agency = Agency.objects.filter(code=agency_code).first()
        if agency is None:
            raise CommandError(f"No agency has the code {agency_code}.")
        unit = agency.units.filter(code=unit_code).first() if unit_code else None
        if unit_code and unit is None:
            raise CommandError(f"{agency} has no unit {unit_code}.")
        return agency, unit

    def _password(self, is_piped: bool) -> str:
        return sys.stdin.readline().rstrip("\n") if is_piped else getpass.getpass()
