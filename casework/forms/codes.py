"""Fields that choose from the reference tables, by list or by typing."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework import identifiers, reference
from casework.forms.fields import SuggestField
from casework.forms.widgets import Picked
from casework.models import Code, Goods, Listing, Port, Taxon

NOT_CHOSEN = _("Not known yet")


def share_choices(form: forms.BaseForm, name: str, kept: Any) -> Any:
    """Give a field of a formset's row the choices kept from its first row: read once, not often."""
    field = cast(CodeField, form.fields[name])
    kept = list(cast(Any, field.choices)) if kept is None else kept
    field.choices = kept
    return kept


class CodeField(forms.ModelChoiceField[Code]):
    """One code of a list; `has_code` shows the code before its label, as registers write it."""

    def __init__(self, kind: str, *, has_code: bool = False, **options: Any) -> None:
        self.has_code = has_code
        options.setdefault("empty_label", NOT_CHOSEN if "required" in options else _("Choose"))
        super().__init__(Code.objects.kind(kind), **options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}, {obj.label}" if self.has_code else str(obj.label)


class PortField(SuggestField):
    """A port by code or name. `is_free` keeps another place as the text that was typed."""

    def __init__(self, *, is_free: bool = False, **options: Any) -> None:
        self.is_free = is_free
        super().__init__(url="casework:suggest-ports", **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        port = reference.find_port(text)
        if port or not text:
            return port
        if self.is_free:
            return str(getattr(value, "text", text)).strip()
        raise ValidationError(
            _("This port is not in the list. Type its code or name and choose it, or leave it out.")
        )

    def prepare_value(self, value: Any) -> Any:
        return Picked(value.locode, str(value)) if isinstance(value, Port) else value


class TaxonField(SuggestField):
    """A taxon by any of its names; a name that is not in the table is kept as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(url="casework:suggest-taxa", max_length=200, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return reference.find_taxon(text) or str(getattr(value, "text", text)).strip()

    def prepare_value(self, value: Any) -> Any:
        return Picked(value.scientific_name) if isinstance(value, Taxon) else value


class GoodsField(SuggestField):
    """Goods by HS code or word."""

    def __init__(self, **options: Any) -> None:
        super().__init__(url="casework:suggest-goods", **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        goods = reference.find_goods(text)
        if goods or not text:
            return goods
        raise ValidationError(
            _("This code is not in the list. Choose one, or describe the goods in words.")
        )

    def prepare_value(self, value: Any) -> Any:
        return Picked(value.hs_code, goods_label(value)) if isinstance(value, Goods) else value


class CountryField(SuggestField):
    """A country by name or code, cleaned to its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(url="casework:suggest-countries", **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        code = reference.find_country(text)
        if text and not code:
            raise ValidationError(_("Type the name or the two letters of a country."))
        return code


def goods_label(goods: Goods) -> str:
    return f"{identifiers.format_hs_code(goods.hs_code)} {goods.label}"


def taxon_note(taxon: Taxon) -> str:
    """`African elephant, App. I/II`: common name and the listings that the query found."""
    listed: list[Listing] = getattr(taxon, "listed", [])
    appendices = " ".join(_("App. %s") % row.appendix for row in listed)
    return ", ".join(filter(None, (taxon.common_name, appendices)))
