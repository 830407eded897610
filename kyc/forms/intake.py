"""The intake page's forms as one: where and when, consignment, what was found."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import seizures
from casework.errors import RuleBroken
from casework.forms.seizure import FoundFormSet, OpeningForm, SeizureForm
from casework.models import Port, Seizure
from kyc.cargo import court_questions
from kyc.cargo.court_questions import Known, Question
from kyc.forms.consignment import BoxFormSet, ConsignmentForm

AnyForm = BaseForm | BaseFormSet[Any]


class Intake:
    """All that the page asks. With `opens_case` false the seizure joins a case that exists."""

    def __init__(self, data: Any = None, *, opens_case: bool = True) -> None:
        self.opening = OpeningForm(data) if opens_case else None
        self.seizure = SeizureForm(data)
        self.consignment = ConsignmentForm(data)
        self.boxes = BoxFormSet(data, prefix="boxes")
        self.items = FoundFormSet(data, prefix="items")

    @property
    def forms(self) -> list[AnyForm]:
        """In the order of the page."""
        own: list[AnyForm] = [self.seizure, self.boxes, self.consignment, self.items]
        return [self.opening, *own] if self.opening else own

    def is_valid(self) -> bool:
        """Whether all of it holds; every form is checked, so that all that is wrong shows."""
        return [form.is_valid() for form in self.forms].count(False) == 0

    def values(self) -> dict[str, Any]:
        """The arguments of `consignments.record_seizure` without the actor."""
        fields = self.seizure.fields_of_seizure()
        items = self.items.found()
        consignment = self.consignment.fields_of_consignment()
        values = {
            **fields,
            "items": items,
            "route": self.seizure.route(),
            "declared_goods": consignment["goods_description"],
            "goods": consignment["goods"],
            "consignment": consignment,
            "boxes": self.boxes.boxes(),
            "bill": self.consignment.fields_of_bill(),
        }
        return {**values, **self._of_case(items, fields)}

    def _of_case(self, items: list[seizures.Found], fields: dict[str, Any]) -> dict[str, Any]:
        if self.opening is None:
            return {}
        data = dict(self.opening.cleaned_data)
        data["title"] = data["title"] or seizures.title_of(items, fields["port"], fields["place"])
        return data

    def attempt(self, operation: Callable[[], Seizure]) -> Seizure | None:
        """The recorded seizure, or None with what the operation refused said on the page."""
        try:
            return operation()
        except RuleBroken as broken:
            self._say(broken)
        return None

    def _say(self, broken: RuleBroken) -> None:
        for form in (self.opening, self.seizure, self.consignment):
            if form is not None and broken.field in form.fields:
                form.add_error(broken.field, str(broken.message))
                return
        self.seizure.add_error(None, str(broken.message))

    def parts(self) -> list[dict[str, StrOrPromise]]:
        """The page's parts for the margin, each with a cross where something is wrong."""
        people = {"people_present", "narrative"}
        where = set(self.seizure.errors) - people if self.seizure.is_bound else set()
        about = set(self.seizure.errors) & people if self.seizure.is_bound else set()
        wrong = {
            "where": bool(where or (self.opening and self.opening.errors)),
            "consignment": _is_wrong(self.consignment) or _is_wrong(self.boxes),
            "found": _is_wrong(self.items),
            "people": bool(about),
        }
        words = {
            "where": _("Where and when"),
            "consignment": _("Consignment"),
            "found": _("What was found"),
            "people": _("People present"),
        }
        return [{"id": k, "word": words[k], "mark": "cross" if wrong[k] else ""} for k in words]

    def questions(self) -> Any:
        """What a court will ask, as far as this page answers it."""
        if not self.seizure.is_bound:
            return [Question("later", q.asked, "") for q in court_questions.ask(Known())]
        return court_questions.ask(self._known())

    def _known(self) -> Known:
        said = self.seizure.cleaned_data
        boxes = [form.cleaned_data for form in self.boxes.forms if form.has_changed()]
        items = [form.typed() for form in self.items.forms if form.has_changed()]
        place: Port | str | None = said.get("place")
        return Known(
            people=len([line for line in said.get("people_present", "").splitlines() if line]),
            has_place=bool(place),
            has_moment="seized_at" in said,
            is_moment_wrong="seized_at" in self.seizure.errors,
            containers=sum(bool(box.get("number")) for box in boxes),
            containers_wrong=sum("number" in errors for errors in self.boxes.errors),
            seals=sum(bool(box.get("seal_number")) for box in boxes),
            items=len(items),
            counted=sum(item["count"] is not None for item in items),
            weighed=sum(item["weight_mg"] is not None for item in items),
            on_a_scale=sum(bool(item["scale"] or item["is_weight_estimated"]) for item in items),
        )


def _is_wrong(form: AnyForm) -> bool:
    if isinstance(form, BaseFormSet):
        return form.is_bound and (any(form.errors) or bool(form.non_form_errors()))
    return form.is_bound and bool(form.errors)
