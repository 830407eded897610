"""Collects what is wrong in forms and formsets, each problem with the field to go to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BaseFormSet
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
            beside = getattr(field.field.widget, "stands_beside", "")  # hidden, yet filled in
            is_seen = bool(beside) or not field.is_hidden
            sentence = f"{field.label}: {text}" if is_seen else str(text)
            target = f"{field.auto_id}{beside}" if beside else field.id_for_label or field.auto_id
            yield Problem(sentence, target if is_seen else "")
