"""Operations on exhibits: registering them, which begins their chain of custody, and amending them.

A label never changes; an exhibit exists from the same transaction as its first custody event.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Unpack

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals
from casework.errors import Conflict, RuleBroken
from casework.holding import hold, read_again
from casework.models import Case, Code, SeizedItem, Seizure, Taxon, User
from evidence import custody
from evidence.acts import differences
from evidence.last_read import Standing
from evidence.links import ASKS, Details, lock
from evidence.models import Attachment, Exhibit
from evidence.models.exhibit import LABEL_PATTERN, label_shape

NUMBERED = re.compile(r"E(\d+)")


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What is registered as one exhibit, and what was read on it. Weights in milligrams."""

    kind: Code
    description: str
    label: str = ""  # empty: the next free E<n>
    item: SeizedItem | None = None
    taxon: Taxon | None = None
    found_at: str = ""
    is_restricted: bool = False
    seal_number: str = ""
    count: int | None = None
    weight_mg: int | None = None
    scale: str = ""
    scale_calibrated_on: date | None = None


def find(user: User, reference: str, label: str, action: str = roles.VIEW) -> Exhibit:
    """The exhibit, for a reader who may do `action` on its case. Raises Http404 or NotAllowed."""
    case = access.get_case(user, reference, action)
    visible = Exhibit.objects.visible_to(user).filter(case=case)
    found: Exhibit = get_object_or_404(
        visible.select_related(
            "kind", "taxon", "holder", "holder__unit", "holder__agency", "parent", "seizure"
        ),
        label=label,
    )
    found.case = case
    return found


def named(user: User, case: Case, label: str) -> Exhibit | None:
    """The exhibit of that label, where there is one that this person may see."""
    if not is_label(label):
        return None
    found: Exhibit | None = Exhibit.objects.visible_to(user).filter(case=case, label=label).first()
    return found


def is_label(text: str) -> bool:
    """Whether an exhibit could have this label: what a query string holds may be anything."""
    return bool(re.fullmatch(LABEL_PATTERN, text))


def next_label(case: Case) -> str:
    """The next free E<n> of a case."""
    return numbering(case)()


def numbering(case: Case) -> Callable[[], str]:
    """Gives the free labels of a case one after the other."""
    labels = Exhibit.objects.filter(case=case, label__startswith="E").values_list(
        "label", flat=True
    )
    numbers = [int(found[1]) for label in labels if (found := NUMBERED.fullmatch(label))]
    following = itertools.count(max(numbers, default=0) + 1)
    return lambda: f"E{next(following)}"


def next_part(exhibit: Exhibit, stem: str = "S") -> str:
    """The next free label of a sample (E7/S1, E7/S2), or of a part with an empty stem (E7/1)."""
    return parts_numbering(exhibit, stem)()


def parts_numbering(exhibit: Exhibit, stem: str) -> Callable[[], str]:
    """Gives the free labels of parts one after the other."""
    begin = f"{exhibit.label}/{stem}"
    taken = Exhibit.objects.filter(case=exhibit.case_id, label__startswith=begin)
    numbers = [label.removeprefix(begin) for label in taken.values_list("label", flat=True)]
    last = max((int(n) for n in numbers if n.isdecimal()), default=0)
    following = itertools.count(last + 1)
    return lambda: f"{begin}{next(following)}"


@transaction.atomic
def register(
    case: Case,
    thing: Thing,
    *,
    actor: User,
    seizure: Seizure | None = None,
    happened_at: datetime | None = None,
    place: str = "",
) -> Exhibit:
    """A new exhibit with its first custody event; the actor holds it from then on.

    `happened_at` is when it was taken: by default the moment of the seizure.
    Raises RuleBroken (with the field at fault) or NotAllowed; then nothing is written.
    """
    access.require(actor, case, roles.EXHIBIT)
    hold(case)  # labels are given out one at a time
    taken_at = _taken_at(case, seizure, happened_at)
    _refuse(case, thing, actor, seizure)
    exhibit = Exhibit(
        case=case,
        label=thing.label or next_label(case),
        seizure=seizure,
        item=thing.item,
        kind=thing.kind,
        description=thing.description,
        taxon=thing.taxon or (thing.item.taxon if thing.item else None),
        found_at=thing.found_at,
        is_restricted=thing.is_restricted,
        registered_by=actor,
        registered_at=clock.now(),
    )
    _save_new(exhibit, actor)
    custody.seize(
        exhibit,
        happened_at=taken_at,
        place=place or _place(seizure),
        seal_number=thing.seal_number,
        count=thing.count,
        weight_mg=thing.weight_mg,
        scale=thing.scale,
        scale_calibrated_on=thing.scale_calibrated_on,
        actor=actor,
    )
    signals.changed.send(sender=Exhibit, instance=exhibit)
    return exhibit


@transaction.atomic
def register_all(
    case: Case,
    things: Sequence[Thing],
    *,
    actor: User,
    seizure: Seizure | None = None,
    happened_at: datetime | None = None,
    place: str = "",
) -> list[Exhibit]:
    """All of them or none; a RuleBroken carries `position`, the place of the faulty one."""
    made = []
    for position, thing in enumerate(things):
        try:
            exhibit = register(
                case, thing, actor=actor, seizure=seizure, happened_at=happened_at, place=place
            )
        except RuleBroken as broken:
            broken.position = position  # type: ignore[attr-defined]  # read by the form
            raise
        made.append(exhibit)
    return made


@transaction.atomic
def take_sample(
    exhibit: Exhibit,
    thing: Thing,
    *,
    actor: User,
    discrepancy: str = "",
    **details: Unpack[Details],
) -> Exhibit:
    """A sample as an exhibit of its own: sampled in both chains, then weighed and sealed in its.

    `details` are those of the sampling, with what remains; what was read on the sample is in
    `thing`.
    """
    stood = lock(exhibit, actor).standing
    discrepancy = _sampled_whole(exhibit, stood, thing, details, discrepancy)
    part = new_part(exhibit, thing, actor)
    event = custody.sample(exhibit, parts=[part], actor=actor, discrepancy=discrepancy, **details)
    if thing.weight_mg is not None:
        custody.reweigh(
            part,
            happened_at=event.happened_at,
            place=event.place,
            count=thing.count,
            weight_mg=thing.weight_mg,
            scale=thing.scale,
            scale_calibrated_on=thing.scale_calibrated_on,
            actor=actor,
        )
    if thing.seal_number:
        custody.seal(
            part,
            seal_number=thing.seal_number,
            happened_at=event.happened_at,
            place=event.place,
            actor=actor,
        )
    signals.changed.send(sender=Exhibit, instance=part)
    return part


def _sampled_whole(
    exhibit: Exhibit, stood: Standing, thing: Thing, left: Details, discrepancy: str
) -> str:
    """Sample and remainder are the whole, as far as they were read; or it is explained why not.

    A sample that nobody weighed or counted weighs nothing and is no piece: more is explained.
    """
    remains, left_over = left.get("weight_mg"), left.get("count")
    found = []
    if remains is not None:
        taken = differences.standing_allowed(exhibit, stood.weight_mg)
        found.append(
            differences.of_weight(stood.weight_mg, (thing.weight_mg or 0) + remains, taken)
        )
    if left_over is not None and left_over != stood.count:  # a shaving leaves every piece there
        found.append(differences.of_count(stood.count, (thing.count or 0) + left_over))
    told = _("%(what)s, sample and remainder together. Weigh and count again, or explain it.")
    return differences.explained([one for one in found if one], discrepancy, str(told))


def new_part(exhibit: Exhibit, thing: Thing, actor: User) -> Exhibit:
    """The row of a part, which an act of custody must begin in the same transaction."""
    _refuse(exhibit.case, thing, actor, exhibit.seizure, is_derived=True)
    part = Exhibit(
        case=exhibit.case,
        label=thing.label,
        seizure=exhibit.seizure,
        parent=exhibit,
        kind=thing.kind,
        description=thing.description,
        taxon=thing.taxon or exhibit.taxon,
        is_restricted=exhibit.is_restricted,
        registered_by=actor,
        registered_at=clock.now(),
    )
    _save_new(part, actor)
    return part


def new_whole(sources: Sequence[Exhibit], thing: Thing, actor: User) -> Exhibit:
    """The row of what exhibits were combined into; as hidden as the most hidden of them."""
    first = sources[0]
    _refuse(first.case, thing, actor, None, is_derived=True)
    seizures = {source.seizure for source in sources}
    taxa = {source.taxon for source in sources}
    whole = Exhibit(
        case=first.case,
        label=thing.label or next_label(first.case),
        seizure=seizures.pop() if len(seizures) == 1 else None,
        kind=thing.kind,
        description=thing.description,
        taxon=thing.taxon or (taxa.pop() if len(taxa) == 1 else None),
        is_restricted=any(source.is_restricted for source in sources),
        registered_by=actor,
        registered_at=clock.now(),
    )
    _save_new(whole, actor)
    return whole


def _save_new(exhibit: Exhibit, actor: User) -> None:
    exhibit.full_clean()
    audit.sign(exhibit, actor)
    try:
        with transaction.atomic():
            exhibit.save()
    except IntegrityError as taken:  # the database decides between two who give one label at once
        raise Conflict from taken
    audit.record(
        "exhibit.register",
        actor=actor,
        case=exhibit.case,
        subject=exhibit,
        kind=exhibit.kind.code,
    )


def _place(seizure: Seizure | None) -> str:
    if seizure is None:
        return ""
    return seizure.place or (str(seizure.port) if seizure.port else "")


def _taken_at(case: Case, seizure: Seizure | None, happened_at: datetime | None) -> datetime:
    taken_at = happened_at or (seizure.seized_at if seizure else clock.now())
    if taken_at > clock.now():
        raise RuleBroken(_("This time has not come yet. Check the date."), field="happened_at")
    if seizure is not None and taken_at < seizure.seized_at:
        raise RuleBroken(
            _("This is before the seizure. Check the date, or correct the seizure."),
            field="happened_at",
        )
    return taken_at


def _refuse(
    case: Case, thing: Thing, actor: User, seizure: Seizure | None, *, is_derived: bool = False
) -> None:
    if seizure is not None and seizure.case_id != case.pk:
        raise RuleBroken(_("This seizure belongs to another case."), field="seizure")
    if thing.item is not None and thing.item.seizure_id != (seizure.pk if seizure else None):
        raise RuleBroken(_("This item belongs to another seizure."), field="item")
    if thing.label:
        _refuse_label(case, thing.label)
    if thing.weight_mg is not None and not thing.scale:
        raise RuleBroken(_("Name the scale the weight was read on."), field="scale")
    if thing.is_restricted and not is_derived:
        _refuse_restricting(case, actor)


def _refuse_label(case: Case, label: str) -> None:
    label_shape(label)
    if Exhibit.objects.filter(case=case, label=label).exists():
        raise RuleBroken(
            _("%(label)s is taken in this case. The next free one is %(next)s.")
            % {"label": label, "next": next_label(case)},
            field="label",
        )


def _refuse_restricting(case: Case, actor: User) -> None:
    if not access.can(actor, case, roles.SENSITIVE):
        raise RuleBroken(
            _("You would lose sight of it yourself. Ask the lead of the case to restrict it."),
            field="is_restricted",
        )


def _refuse_hiding_from_holder(exhibit: Exhibit) -> None:
    """Whoever answers for it, or is offered it, must go on seeing it (docs/decisions/0006)."""
    offers = exhibit.custody.filter(kind__in=ASKS, answer__isnull=True).select_related("to_user")
    people = [exhibit.holder, *(offer.to_user for offer in offers)]
    for person in people:
        if person and person.is_active and not access.can(person, exhibit.case, roles.SENSITIVE):
            told = _(
                "%(name)s has it in hand and may not see restricted exhibits. "
                "Let it be handed to somebody who may, then restrict it."
            )
            raise RuleBroken(told % {"name": person.get_full_name()}, field="is_restricted")


@transaction.atomic
def amend(exhibit: Exhibit, *, actor: User, reason: str = "", **fields: Any) -> Exhibit:
    """Change kind, description, species, where it was found, or the restriction; never the label.

    What is said of weight, count or seal is custody and corrected there.
    """
    case = access.require(actor, exhibit.case, roles.EXHIBIT)
    read_again(exhibit)
    exhibit.case = case  # with what the actor may do on it
    strange = set(fields) - {"kind", "description", "taxon", "found_at", "is_restricted"}
    if strange:
        raise RuleBroken(_("This part of an exhibit never changes."), field=sorted(strange)[0])
    changed = [name for name, value in fields.items() if getattr(exhibit, name) != value]
    if not changed:
        return exhibit
    if "is_restricted" in changed:
        _refuse_restricting(exhibit.case, actor)
        if fields["is_restricted"]:
            _refuse_hiding_from_holder(exhibit)
    for name in changed:
        setattr(exhibit, name, fields[name])
    exhibit.full_clean()
    audit.sign(exhibit, actor, reason)
    exhibit.save()
    audit.record(
        "exhibit.amend",
        actor=actor,
        case=exhibit.case,
        subject=exhibit,
        fields=changed,
        reason=reason,
    )
    signals.changed.send(sender=Exhibit, instance=exhibit)
    if "is_restricted" in changed:
        for attachment in exhibit.attachments.all():
            signals.changed.send(sender=Attachment, instance=attachment)
    return exhibit
