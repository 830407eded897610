"""People as the dossier names them: rank and name, service number, agency; never a database id."""

from casework.ledger import event
from casework.models import User
from evidence.dossier.snapshot import Person


def person(user: User) -> Person:
    return Person(
        user.get_full_name(), user.service_number, user.agency.name if user.agency else ""
    )


def maybe(user: User | None) -> Person | None:
    return person(user) if user else None


def chain_person(who: event.Person | None) -> Person | None:
    """A person of the chain of custody, as the event names them and not as they are called now."""
    return Person(who.name, who.service_number, who.agency) if who else None
