"""Who signs a dossier, in turn: people who may open it, each with what they sign as."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import roles
from casework.errors import RuleBroken
from casework.models import Case, CaseGroupGrant, CaseUserGrant, User
from evidence.models import Dossier, DossierSignature

Signer = tuple[User, str]  # the person, and what they sign as
MOST = 3


def eligible(case: Case) -> QuerySet[User]:
    """Everybody on the team who may open dossiers of the case."""
    allowed = roles.roles_allowing(roles.DOSSIER)
    own = CaseUserGrant.objects.live().filter(content_object=case, permission__codename__in=allowed)
    of_units = CaseGroupGrant.objects.live().filter(
        content_object=case, permission__codename__in=allowed
    )
    may = Q(pk__in=own.values("user")) | Q(groups__in=of_units.values("group"))
    rows: QuerySet[User] = User.objects.filter(may, is_active=True).distinct()
    return rows.select_related("agency").order_by("name", "pk")


def demand(case: Case, wanted: Sequence[Signer]) -> None:
    """RuleBroken where somebody may not sign, signs twice, or does not say as what."""
    people = {person.pk for person, _capacity in wanted}
    if len(people) < len(wanted):
        raise RuleBroken(_("Each person signs once. Take one line out."))
    if len(wanted) > MOST:
        raise RuleBroken(_("At most %(most)d people sign a dossier.") % {"most": MOST})
    if any(not capacity.strip() for _person, capacity in wanted):
        raise RuleBroken(_("Say what each person signs as, such as prosecutor."))
    if len(people) > eligible(case).filter(pk__in=people).count():
        raise RuleBroken(_("Only people of the case who may open the dossier can sign it."))


def add(dossier: Dossier, wanted: Iterable[Signer]) -> None:
    for turn, (person, capacity) in enumerate(wanted, 1):
        row = DossierSignature(dossier=dossier, turn=turn, signer=person, capacity=capacity.strip())
        row.full_clean()
        row.save()


def kept(wanted: Iterable[Signer]) -> tuple[dict[str, Any], ...]:
    """As the wishes of a dossier keep them."""
    return tuple({"person": person.pk, "capacity": capacity} for person, capacity in wanted)


def named(rows: Iterable[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Name and capacity, as the plan says who signs."""
    wanted = list(rows)
    found = User.objects.in_bulk([each["person"] for each in wanted])
    return tuple(
        (found[each["person"]].get_full_name() or found[each["person"]].username, each["capacity"])
        for each in wanted
    )
