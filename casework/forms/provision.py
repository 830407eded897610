"""The provision of a count: the offences of a country in force on a day, act by act."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from casework import law
from casework.models import Provision

LONGEST_KEY = 18


class ByStatute(ModelChoiceIterator[Provision]):
    """The sections under the name of their act."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for statute, rows in groupby(self.queryset, key=lambda row: row.statute):
            yield (statute, [self.choice(row) for row in rows])


class ProvisionField(forms.ModelChoiceField[Provision]):
    """A provision of another day or country is refused with the reason."""

    iterator = ByStatute

    def __init__(self, **options: Any) -> None:
        super().__init__(Provision.objects.none(), label=_("Provision"), **options)

    def offer(self, day: date, country: str) -> None:
        self._asked = (day, country)
        self.queryset = law.offered(day, country)

    def label_from_instance(self, obj: Any) -> str:
        return f"s. {obj.section}: {obj.title}"

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            known = str(value).isdecimal() and len(str(value)) <= LONGEST_KEY
            other = Provision.objects.filter(pk=value).first() if known else None
            if other is None:
                raise
            raise forms.ValidationError(law.why_not(other, *self._asked)) from None
