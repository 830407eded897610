"""Deciding what is served whole, served redacted or withheld: kept for the next disclosure too."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from casework import access, audit, clock, roles
from casework.errors import RuleBroken
from casework.holding import hold
from casework.models import Case, User
from evidence.disclosure import decisions, things
from evidence.disclosure.decisions import Choice
from evidence.disclosure.things import Thing, Treatment
from evidence.models import DisclosureChoice


@transaction.atomic
def save(case: Case, chosen: Sequence[Choice], *, actor: User) -> int:
    """Keep what was decided; how many decisions are new. What is as it was stays untouched."""
    access.require(actor, case, roles.DOSSIER)
    hold(case)
    before = {one.thing.key: one for one in decisions.read(case, actor)}
    changed = []
    for choice in chosen:
        stands = before.get(choice.key)
        if stands is None:
            raise RuleBroken(_("Something on this page is no longer there. Load it again."))
        if (stands.treatment, stands.ground) != (choice.treatment, choice.ground.strip()):
            changed.append((stands.thing, choice))
    for thing, choice in changed:
        _keep(case, thing, choice, actor)
    if changed:
        told = [f"{thing.key}: {choice.treatment}" for thing, choice in changed]
        audit.record("disclosure.choose", actor=actor, case=case, subject=case, choices=told)
    return len(changed)


def _keep(case: Case, thing: Thing, choice: Choice, actor: User) -> None:
    ground = choice.ground.strip()
    if choice.treatment not in thing.choices:
        raise RuleBroken(_refused(thing) % {"thing": thing.title})
    if choice.treatment == Treatment.WITHHELD and not ground:
        raise RuleBroken(_("Say on what ground %(thing)s is withheld.") % {"thing": thing.title})
    values = {
        "treatment": choice.treatment,
        "ground": "" if choice.treatment == Treatment.SERVED else ground,
        "is_sensitive": thing.is_sensitive,
        "decided_by": actor,
        "decided_at": clock.now(),
    }
    row = DisclosureChoice.objects.filter(case=case, key=thing.key).first()
    row = row or DisclosureChoice(case=case, key=thing.key)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["decided_by"])
    row.save()


def _refused(thing: Thing) -> str:
    if thing.is_fixed and thing.kind == things.PART:
        return _("%(thing)s are the prosecution's own work and are never served.")
    if thing.is_fixed:
        return _("%(thing)s: a protected witness is never named. This stays withheld.")
    return _("%(thing)s has no redacted copy yet. Make one first.")
