"""Pages of the lists from outside: which are in force, their versions and entries, importing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.models import User
from kyc.forms.watchlist import WatchlistImportForm
from kyc.models import Watchlist, WatchlistEntry, WatchlistVersion
from kyc.watch import feed, list_pages, watchlists

PER_PAGE = 25
VERSIONS_SHOWN = 12


@require_safe
def watchlist_list(request: HttpRequest) -> HttpResponse:
    """Every list with the version in force, its age and who imported it."""
    reader = _reader(request)
    page = Paginator(list_pages.in_force().order_by("watchlist__name"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": [(version, list_pages.is_old(version)) for version in page],
        "formats": watchlists.FORMAT_WORDS,
        "may_import": watchlists.may_import(reader),
        "may_decide": feed.may_decide(reader),
    }
    return render(request, "kyc/watchlist_list.html", context)


@require_safe
def watchlist(request: HttpRequest, pk: int) -> HttpResponse:
    """A list: its versions, and the entries of the one in force or of an earlier one."""
    reader = _reader(request)
    found = get_object_or_404(Watchlist, pk=pk)
    versions = found.versions.select_related("imported_by")
    newest = get_object_or_404(versions, number=versions.values("number")[:1])
    asked = request.GET.get("version", "")
    is_number = asked.isdecimal() and len(asked) < 8
    shown = versions.filter(number=int(asked)).first() if is_number else None
    shown = shown or newest
    query = request.GET.get("q", "").strip()[:200]
    entries = list_pages.entries(found, shown.number, query)
    context = {
        "list": found,
        "versions": Paginator(versions, VERSIONS_SHOWN).get_page(request.GET.get("versions")),
        "newest": newest,
        "shown": shown,
        "is_old": list_pages.is_old(newest),
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "query": query,
        "format": watchlists.FORMAT_WORDS.get(shown.format, shown.format),
        "may_import": watchlists.may_import(reader),
    }
    return render(request, "kyc/watchlist.html", context)


@require_safe
def watchlist_entry(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """An entry as the list says it, with the versions it stood in and what changed."""
    _reader(request)
    found: WatchlistEntry = get_object_or_404(
        WatchlistEntry.objects.select_related("watchlist"), watchlist=pk, pk=entry
    )
    same = list(WatchlistEntry.objects.filter(watchlist=pk, uid=found.uid).order_by("-since"))
    before = next((row for row in same if row.since < found.since), None)
    numbers = {row.since for row in same} | {row.until for row in same if row.until}
    versions = WatchlistVersion.objects.filter(watchlist=pk, number__in=numbers)
    days = {version.number: version.imported_at for version in versions}
    context = {
        "entry": found,
        "list": found.watchlist,
        "lines": list_pages.lines(found, before),
        "before": before,
        "stood": [(row, days.get(row.since), days.get(row.until or 0)) for row in same],
    }
    return render(request, "kyc/watchlist_entry.html", context)


def watchlist_import(request: HttpRequest) -> HttpResponse:
    """Send a list. A broken one is refused with its line and reason; nothing changes."""
    actor = access.person(request)
    if not watchlists.may_import(actor):
        raise NotAllowed(gettext("Your position does not import watch lists."))
    form = WatchlistImportForm(request.POST or None, request.FILES or None)
    told: list[str] = []
    if request.method == "POST" and form.is_valid():
        version = attempt(form, lambda: _import(form, actor, told))
        for said in told:
            messages.warning(request, said)
        if version is not None:
            messages.success(request, _done(version))
            return redirect("kyc:watchlist", version.watchlist_id)
    context = {"form": form, "names": Watchlist.objects.values_list("name", flat=True)}
    return render(request, "kyc/watchlist_import.html", context)


def _import(form: WatchlistImportForm, actor: User, told: list[str]) -> WatchlistVersion:
    data: dict[str, Any] = form.cleaned_data
    return watchlists.import_file(
        data["file"],
        data["name"],
        actor=actor,
        beside=form.beside(),
        file_name=data["file"].name,
        format=data["format"],
        sheet=data["sheet"],
        keeper=data["keeper"],
        is_trusted=data["meaning"] == Watchlist.Meaning.TRUSTED,
        accept_shrinking=data["accept_shrinking"],
        tell=told.append,
    )


def _done(version: WatchlistVersion) -> str:
    said = gettext("Version %(number)s is in force: %(entries)s entries.")
    return said % {"number": version.number, "entries": f"{version.entries:,}"}


def _reader(request: HttpRequest) -> User:
    """Lists are part of the register: its readers read them."""
    person = access.person(request)
    if not access.holds(person, roles.VIEW_REGISTER):
        raise NotAllowed(gettext("Your position does not read the register of parties."))
    return person
