"""Lists of invented names as the tests of screening need them, and parties that resemble them."""

from typing import Any

from casework.models import Case, Code, User
from kyc import parties
from kyc.models import Fact, Party, Watchlist, WatchlistEntry, WatchlistVersion
from kyc.parties import Origin


def version(
    actor: User, *names: str, of: str = "Invented list", meaning: str = "alarm", **fields: Any
) -> WatchlistVersion:
    """The next version of a list, holding these names and no others."""
    watchlist, _ = Watchlist.objects.get_or_create(name=of, defaults={"meaning": meaning})
    number = watchlist.versions.count() + 1
    standing = {e.name: e for e in WatchlistEntry.objects.in_force().filter(watchlist=watchlist)}
    for name in standing.keys() - set(names):
        standing[name].until = number
        standing[name].save()
    for name in set(names) - standing.keys():
        WatchlistEntry.objects.create(
            watchlist=watchlist, uid=name, since=number, name=name, digest=name, **fields
        )
    return WatchlistVersion.objects.create(
        watchlist=watchlist,
        number=number,
        format="names",
        file_name="list.csv",
        digest="0" * 64,
        entries=len(names),
        added=len(set(names) - standing.keys()),
        changed=0,
        removed=len(standing.keys() - set(names)),
        imported_by=actor,
    )


def party(actor: User, name: str, **fields: Any) -> Party:
    return parties.create(kind=fields.pop("kind", "person"), name=name, actor=actor, **fields)


def say(party: Party, kind: str, value: str, actor: User, case: Case | None = None) -> Fact:
    """A fact of the register, or of a case."""
    from casework import clock

    return parties.add_fact(
        party,
        kind=Code.objects.get(kind="fact_kind", code=kind),
        value=value,
        origin=Origin("primary_research", "An inquiry", clock.today(), case),
        actor=actor,
    )
