"""Red flags in words: evidence as sentences, and a score that is never a bare number."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from casework import display
from casework.models import Code
from kyc.redflags.indicators import Evidence, Score, Unjudged
from kyc.redflags.indicators.evidence import Country, Days, Mark, Term, Value, Weight
from kyc.redflags.indicators.sentences import TERMS


def countries() -> dict[str, str]:
    """Names by code, for the sentences that tell of a route."""
    return dict(Code.objects.kind("country").values_list("code", "label"))


def sentence(evidence: Evidence, names: Mapping[str, str]) -> SafeString:
    """As a page shows it: what people typed is set apart, so that its direction stays its own."""
    template = escape(gettext(evidence.template))
    told = {name: _marked(value, names) for name, value in evidence.values}
    return mark_safe(template % told)  # noqa: S308  # template and values are escaped


def plain(evidence: Evidence, names: Mapping[str, str]) -> str:
    """The same without markup."""
    told = {name: _text(value, names) for name, value in evidence.values}
    return gettext(evidence.template) % told


def _marked(value: Value, names: Mapping[str, str]) -> str:
    if isinstance(value, Mark):
        return format_html('<span class="id">{}</span>', value.text)
    if isinstance(value, str):
        return format_html("<bdi>{}</bdi>", value)
    return escape(_text(value, names))


def _text(value: Value, names: Mapping[str, str]) -> str:
    if isinstance(value, Mark):
        return value.text
    if isinstance(value, Term):
        return gettext(TERMS[value.key]) if value.key in TERMS else value.key
    if isinstance(value, Country):
        return names.get(value.code, value.code)
    if isinstance(value, Weight):
        return display.weight(value.mg)
    if isinstance(value, Days):
        return ngettext("%(n)s day", "%(n)s days", value.number) % {"n": value.number}
    if isinstance(value, datetime):
        return display.when(value)
    if isinstance(value, date):
        return display.day(value)
    return display.thousands(value) if isinstance(value, int) else _number(value)


def _number(value: str | Decimal) -> str:
    return f"{value:,}" if isinstance(value, Decimal) else value


def lacks(unjudged: Unjudged) -> str:
    """What was missing, as one phrase."""
    return ", ".join(gettext(word) for word in unjudged.words)


def count(score: Score) -> str:
    """`6 red flags stand`, for a line on other pages."""
    if not score.standing:
        return gettext("No red flag stands")
    words = ngettext("%(n)s red flag stands", "%(n)s red flags stand", score.standing)
    return words % {"n": score.standing}


def explained(score: Score) -> str:
    """The sum with what it is made of."""
    parts = [_sum(score)]
    if score.dismissed:
        number = len(score.dismissed)
        parts.append(ngettext("%(n)s dismissed", "%(n)s dismissed", number) % {"n": number})
    heaviest = [f"{line.label} ({line.points})" for line in score.heaviest()]
    text = ", ".join(parts)
    if heaviest:
        text += gettext("; what weighs most: %(lines)s") % {"lines": "; ".join(heaviest)}
    return f"{text}."


def _sum(score: Score) -> str:
    if not score.standing:
        return gettext("No red flag stands")
    flags = ngettext("%(n)s flag stands", "%(n)s flags stand", score.standing) % {
        "n": score.standing
    }
    if score.strong:
        strong = ngettext("%(n)s of them strong", "%(n)s of them strong", score.strong)
        flags += f" ({strong % {'n': score.strong}})"
    return gettext("Red flags weigh %(total)s: %(flags)s") % {
        "total": score.total,
        "flags": flags,
    }
