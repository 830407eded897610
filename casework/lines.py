"""The lines of charges that the figures are added up from, made anew with what was just written.

The caller writes in a transaction and holds the case's lock, as whoever decides or files does.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db import transaction

from casework.models import Charge, ChargeLine
from casework.statistics import engine, units

EVER = {"known": datetime(9999, 1, 1, tzinfo=UTC), "as_at": date(9999, 1, 1)}
AT_ONCE = 500


def renew(charges: Iterable[Charge]) -> None:
    """Make the lines of these charges anew."""
    _put({int(charge.root_id or charge.pk) for charge in charges})


@transaction.atomic
def fill() -> None:
    """Make the lines that nobody made: of an installation that had charges before it had lines."""
    engine.alone(ChargeLine._meta.db_table)
    if not ChargeLine.objects.exists():
        engine.run(units.put_lines("1 = 1"), EVER)
        return
    filed = Charge.objects.filter(root=None, count__charge_sheet__filed_on__isnull=False)
    missing = list(filed.filter(line=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(missing), AT_ONCE):
        _put(set(missing[start : start + AT_ONCE]))


def _put(keys: set[int]) -> None:
    if keys:
        listed = ", ".join(str(key) for key in sorted(keys))
        engine.run(units.put_lines(f"(ch.id IN ({listed}) OR ch.root_id IN ({listed}))"), EVER)
