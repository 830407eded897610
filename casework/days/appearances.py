"""Who appeared at a hearing: the rows of one recording, kept with their history.

Whoever records sees every row of the hearing that they may see; rows that name a protected witness
stay as they are for somebody who may not know of that witness.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework import audit
from casework.errors import RuleBroken
from casework.models import Accused, Appearance, Code, Hearing, User, Witness


@dataclass(frozen=True)
class Seen:
    """Somebody who was to appear, and whether they did."""

    role: str  # one of Appearance.Role
    name: str = ""
    accused: Accused | None = None
    witness: Witness | None = None
    has_appeared: bool = True
    has_testified: bool = False
    why_absent: Code | None = None

    @property
    def key(self) -> tuple[str, str, int | None, int | None]:
        """Who it is: a person of the case by their row, anybody else by role and name."""
        person = self.accused or self.witness
        return (
            self.role,
            "" if person else " ".join(self.name.split()),
            self.accused.pk if self.accused else None,
            self.witness.pk if self.witness else None,
        )


def keep(hearing: Hearing, seen: Sequence[Seen], *, actor: User) -> None:
    """Bring the rows of a hearing to what was said; called inside the recording's transaction."""
    case = hearing.proceeding.case
    _check(hearing, seen)
    before = {_key(row): row for row in Appearance.objects.of_case(case).filter(hearing=hearing)}
    for one in seen:
        row = before.pop(one.key, None) or Appearance(hearing=hearing)
        _write(row, one, actor)
    for row in before.values():
        audit.sign(row, actor)
        row.delete()


def _key(row: Appearance) -> tuple[str, str, int | None, int | None]:
    return (row.role, row.name, row.accused_id, row.witness_id)


def _write(row: Appearance, one: Seen, actor: User) -> None:
    values = {
        "role": one.role, "name": one.key[1], "accused": one.accused, "witness": one.witness,
        "has_appeared": one.has_appeared, "has_testified": one.has_testified,
        "why_absent": None if one.has_appeared else one.why_absent,
    }  # fmt: skip
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    audit.sign(row, actor)
    row.save()


def _check(hearing: Hearing, seen: Sequence[Seen]) -> None:
    case = hearing.proceeding.case
    keys = [one.key for one in seen]
    if len(set(keys)) < len(keys):
        raise RuleBroken(_("Somebody stands twice among those who appeared. Take one out."))
    for one in seen:
        for person in (one.accused, one.witness):
            if person is not None and person.case_id != case.pk:
                raise RuleBroken(_("Choose people of this case."))
        if one.has_testified and not one.has_appeared:
            raise RuleBroken(_("Whoever gave evidence also came."))
        if not one.has_appeared and one.why_absent is None:
            raise RuleBroken(
                _("Say why %(who)s did not come, or that no reason was given.")
                % {"who": one.accused or one.witness or one.name or one.role}
            )
