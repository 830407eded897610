"""The marks, parts and number formats that every page uses; loaded as a builtin."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from django_stubs_ext import StrOrPromise

from casework import display, identifiers
from casework.forms import summary

register = template.Library()

MARKS = ("full", "half", "open", "cross", "later")
SECTIONS: tuple[tuple[str, StrOrPromise, str], ...] = (
    ("home", gettext_lazy("Home"), "casework:home"),
    ("cases", gettext_lazy("Cases"), "casework:case-list"),
    ("exhibits", gettext_lazy("Exhibits"), "evidence:exhibit-list"),
    ("parties", gettext_lazy("Parties"), "kyc:party-list"),
    ("hearings", gettext_lazy("Hearings"), "casework:hearing-list"),
    ("figures", gettext_lazy("Figures"), "casework:figures"),
)
OF_PARTIES = ("watchlists", "screening", "feed")  # pages that lie under Parties

register.filter("weight", display.weight)
register.filter("when", display.when)
register.filter("day", display.day)
register.filter("short_day", display.short_day)
register.filter("weekday", display.weekday)
register.filter("clock", display.clock)
register.filter("duration", display.duration)
register.filter("ago", display.ago)
register.filter("container", display.container)
register.filter("bytes", display.size)
register.filter("short", display.short_digest)
register.filter("thousands", display.thousands)
register.filter("number_word", display.number_word)


@register.filter
def person(user: Any) -> str:
    """Rank and name; nobody is a dash."""
    return user.get_full_name() if user else display.NOTHING


@register.filter
def workplace(user: Any) -> str:
    """The unit's name, or the agency's where there is no unit."""
    place = user.unit or user.agency
    return place.name if place else ""


@register.simple_tag
def mark(kind: str, label: str = "", ink: bool = False) -> SafeString:
    """One of the five marks. Without a label the caller writes the word beside it."""
    if kind not in MARKS:
        raise template.TemplateSyntaxError(f"unknown mark {kind!r}")
    svg = format_html(
        '<svg class="m m-{}{}" width="16" height="16" aria-hidden="true"><use href="#m-{}"/></svg>',
        kind,
        " ink" if ink else "",
        kind,
    )
    return format_html('{}<span class="vh">{}</span>', svg, label) if label else svg


@register.simple_tag
def state(kind: str, word: str, ink: bool = False) -> SafeString:
    """A mark with its word in the mark's colour."""
    return format_html(
        '<span class="state state-{}{}">{} <span>{}</span></span>',
        kind,
        " ink" if ink else "",
        mark(kind, ink=ink),
        word,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """search, scan, menu, download or lock: the only icons there are."""
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true"><use href="#i-{}"/></svg>',
        name,
    )


@register.simple_tag
def check_digits(number: str) -> SafeString:
    """One cell per character of a container number; the computed digit is framed."""
    code = identifiers.squeeze(number)
    cells = [format_html("<span>{}</span>", character) for character in code[:10]]
    if len(code) == 11:
        right = identifiers.has_container_check_digit(code)
        kind = "computed" if right else "wrong"
        cells.append(format_html('<span class="{}">{}</span>', kind, code[10]))
    word = gettext("check digit holds") if "computed" in "".join(cells) else ""
    joined = SafeString("".join(cells))
    return format_html(
        '<span class="digits" role="img" aria-label="{} {}">{}</span>', number, word, joined
    )


@register.inclusion_tag("partials/sections.html", takes_context=True)
def section_links(context: Context) -> dict[str, Any]:
    """The six words of navigation; the current one comes from the address."""
    current = _current_section(context)
    links = [
        {"key": key, "word": word, "url": reverse(name), "is_current": key == current}
        for key, word, name in SECTIONS
    ]
    return {
        "links": links,
        "waiting_count": context.get("waiting_count"),
    }


def _current_section(context: Context) -> str:
    request = context.get("request")
    parts = request.path.strip("/").split("/") if request else []
    if parts == [""]:
        return "home"
    if parts[0] in OF_PARTIES:
        return "parties"
    named = [key for key, _word, _name in SECTIONS if key in parts]
    return named[-1] if named else "cases" if "seizures" in parts else ""


@register.inclusion_tag("partials/pagination.html", takes_context=True)
def paginate(context: Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Where the reader is, and the way on; keeps the rest of the query string."""
    query = context["request"].GET.copy()

    def link(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "before": link(page.previous_page_number()) if page.has_previous() else "",
        "after": link(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("partials/empty.html")
def empty_state(title: str, text: str = "", url: str = "", verb: str = "") -> dict[str, str]:
    """A line that has just begun, one sentence, why it matters, the first act."""
    return {"title": title, "text": text, "url": url, "verb": verb}


@register.inclusion_tag("partials/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any] | None) -> Mapping[str, Any]:
    """The box above a form that names each mistake and links to its field."""
    return {"problems": summary.problems(forms)}
