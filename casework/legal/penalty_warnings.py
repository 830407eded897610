"""What stands against a sentence by the penalty of the section it was passed under."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.legal import penalty
from casework.legal.book import Book
from casework.legal.offence_warnings import section
from casework.legal.warning import Warning
from casework.models import Provision


def of(provision: Provision, on: date, values: Mapping[str, Any], book: Book) -> list[Warning]:
    """All of them, the gravest first."""
    found = penalty.faults(provision, values)
    return [
        *_other_section(provision, on, values, book, found),
        *(_fault(code, provision) for code in found),
        *_no_default(values),
        *_unknown(provision),
    ]


def _other_section(
    provision: Provision, on: date, values: Mapping[str, Any], book: Book, found: list[str]
) -> list[Warning]:
    """The penalty of another section of the same act was passed: it fits there and not here."""
    if not found:
        return []
    others = [
        section(other)
        for other in book.with_known_penalty(provision.statute, on)
        if other.pk != provision.pk and not penalty.faults(other, values)
    ]
    if not others:
        return []
    text = _("This is a penalty of %(others)s. The conviction is under %(section)s.") % {
        "others": ", ".join(others),
        "section": section(provision),
    }
    why = _("A sentence under the penalty of another section has fallen on appeal.")
    return [Warning("other_section", "cross", text, why)]


def _fault(code: str, provision: Provision) -> Warning:
    bounds = {
        "section": section(provision),
        "currency": provision.currency,
        "min_fine": f"{provision.currency} {provision.min_fine or 0:,}",
        "max_fine": f"{provision.currency} {provision.max_fine or 0:,}",
        "min_term": months(provision.min_term_months),
        "max_term": months(provision.max_term_months),
    }
    return Warning(code, "cross", _texts()[code] % bounds, _said(provision))


def _texts() -> dict[str, str]:
    return {
        "fine_low": _("The fine is below the least that %(section)s allows, %(min_fine)s."),
        "fine_high": _("The fine is above the most that %(section)s allows, %(max_fine)s."),
        "currency": _("The fine is in another currency than %(section)s names, %(currency)s."),
        "term_low": _("The term is shorter than the least of %(section)s, %(min_term)s."),
        "term_high": _("The term is longer than the most of %(section)s, %(max_term)s."),
        "life": _("%(section)s does not provide for imprisonment for life."),
        "fine_barred": _("%(section)s provides for imprisonment only, not for a fine."),
        "term_barred": _("%(section)s provides for a fine only, not for imprisonment."),
        "not_both": _("%(section)s provides for a fine or imprisonment, not for both."),
        "fine_missing": _("%(section)s demands a fine."),
        "term_missing": _("%(section)s demands imprisonment."),
        "nothing": _("There is neither a fine nor imprisonment. %(section)s provides for them."),
    }


def _no_default(values: Mapping[str, Any]) -> list[Warning]:
    if not values.get("fine") or values.get("default_days"):
        return []
    text = _("The fine has no term in default.")
    why = _("A fine without one has been a ground of appeal: say what follows if it is not paid.")
    return [Warning("no_default", "open", text, why)]


def _unknown(provision: Provision) -> list[Warning]:
    if penalty.is_known(provision):
        return []
    text = _("The penalty of %(section)s is not recorded, so the sentence is not compared.") % {
        "section": section(provision)
    }
    return [Warning("penalty_unknown", "half", text, provision.note or _said(provision))]


def _said(provision: Provision) -> str:
    words = _("The record has of its penalty: “%(penalty)s”.") % {"penalty": provision.penalty}
    return words if provision.is_verified else f"{words} {_('Nobody has verified it.')}"


def months(number: int | None) -> str:
    """Months as a court speaks of them: `7 years`, `18 months`."""
    if not number:
        return ""
    if number % 12:
        return ngettext("%(n)d month", "%(n)d months", number) % {"n": number}
    return ngettext("%(n)d year", "%(n)d years", number // 12) % {"n": number // 12}
