"""Collects what is wrong in forms and formsets, each problem with the field to go to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.translation import gettext


@dataclass(frozen=True)
class Problem:
    """One sentence of the error box; without a target it concerns the form as a whole."""

    text: str
    target: str = ""


Asked = BaseForm | BaseFormSet[Any] | list[BaseForm]


def problems(forms: Iterable[Asked | None]) -> list[Problem]:
    """Every problem, in the order of the page."""
    return [problem for form in forms if form is not None for problem in _of(form)]


def _of(form: Asked) -> Iterator[Problem]:
    if isinstance(form, list):
        yield from problems(form)
    elif isinstance(form, BaseFormSet):
        yield from _of_formset(form)
    elif form.is_bound:
        yield from _of_form(form)


def _of_formset(formset: BaseFormSet[Any]) -> Iterator[Problem]:
    if not formset.is_bound:
        return
    yield from (Problem(str(text)) for text in formset.non_form_errors())
    for number, form in enumerate(formset.forms, start=1):
        for problem in _of_form(form):
            text = gettext("%(number)s. %(problem)s") % {"number": number, "problem": problem.text}
            yield Problem(text, problem.target)


def _of_form(form: BaseForm) -> Iterator[Problem]:
    yield from (Problem(str(text)) for text in form.non_field_errors())
    for field in form:
        for text in field.errors:
            target = _target(field)
            is_nowhere = field.is_hidden and not target
            yield Problem(str(text) if is_nowhere else f"{field.label}: {text}", target)


def _target(field: BoundField) -> str:
    """Where a field is filled in; a hidden one is not, unless its widget is drawn beside it."""
    if field.is_hidden:
        beside = getattr(field.field.widget, "stands_beside", "")
        return f"{field.auto_id}{beside}" if beside else ""
    return field.id_for_label or field.auto_id
