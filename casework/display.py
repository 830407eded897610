"""How values read on a page: weights, moments, durations, identifiers. Nothing here reads a row.

Every function accepts None (or an empty text) and answers with a dash.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from casework import identifiers

NOTHING = "\N{EN DASH}"
NO_BREAK = "\N{NO-BREAK SPACE}"
NUMBER_WORDS = (
    gettext_lazy("no"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"),
    gettext_lazy("four"), gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"),
    gettext_lazy("eight"), gettext_lazy("nine"), gettext_lazy("ten"), gettext_lazy("eleven"),
    gettext_lazy("twelve"),
)  # fmt: skip


def weight(mg: int | None) -> str:
    """Milligrams as `206.85 kg` or `12 g`."""
    return NOTHING if mg is None else identifiers.format_weight(int(mg)).replace(" ", NO_BREAK)


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: date | datetime | None) -> str:
    """`14 Mar 2024`, in the reader's zone."""
    return f"{short_day(value)} {date_format(_local(value), 'Y')}" if value else NOTHING


def span(first: date | None, last: date | None) -> str:
    """`from 10 Jan 2014 to 3 Jan 2019`: days between which something holds; open where unknown."""
    if first and last:
        return gettext("from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    if first:
        return gettext("from %(first)s on") % {"first": day(first)}
    return gettext("until %(last)s") % {"last": day(last)} if last else NOTHING


def short_day(value: date | datetime | None) -> str:
    """`14 Mar`: where the year stands above it."""
    return date_format(_local(value), "j M").replace(" ", NO_BREAK) if value else NOTHING


def clock(value: datetime | None) -> str:
    """`05:40`, in the reader's zone."""
    return date_format(_local(value), "H:i") if value else NOTHING


def when(value: date | datetime | None) -> str:
    """`14 Mar 2024, 05:40`; a bare date has no clock."""
    if not isinstance(value, datetime):
        return day(value)
    return f"{day(value)}, {clock(value)}"


def weekday(value: date | datetime | None) -> str:
    """`Thu 26 Mar`."""
    return f"{date_format(_local(value), 'D')} {short_day(value)}" if value else NOTHING


def duration(value: timedelta | float | None) -> str:
    """`3 h 20 min` below two days, `67 days` from there; a number counts seconds."""
    if value is None:
        return NOTHING
    seconds = value.total_seconds() if isinstance(value, timedelta) else float(value)
    minutes = int(max(seconds, 0) // 60)
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,}"}
    if not minutes:
        return gettext("under a minute")
    hours, rest = divmod(minutes, 60)
    words = [f"{hours} h"] if hours else []
    return " ".join([*words, *([f"{rest} min"] if rest else [])]).replace(" ", NO_BREAK)


def ago(value: date | datetime | None) -> str:
    """How long since then."""
    if value is None:
        return NOTHING
    if not isinstance(value, datetime):
        return duration(timezone.localdate() - value)
    return duration(timezone.now() - value)


def container(code: str | None) -> str:
    """`MDOU 418207 9`, as it is painted on the door; never broken over two lines."""
    return identifiers.format_container(code).replace(" ", NO_BREAK) if code else NOTHING


def size(count: int | None) -> str:
    """`2.4 MB`, in steps of a thousand."""
    if count is None:
        return NOTHING
    value, unit = float(count), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.0f}{NO_BREAK}{unit}" if unit == "bytes" else f"{value:.1f}{NO_BREAK}{unit}"


def short_digest(digest: str | None) -> str:
    """The first eight and last four characters of a digest, in groups of four."""
    if not digest:
        return NOTHING
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}".replace(" ", NO_BREAK)


def thousands(number: float | None) -> str:
    return NOTHING if number is None else f"{number:,}"


def number_word(number: int) -> str | Promise:
    """`four`; from thirteen on the digits."""
    return NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else f"{number:,}"
