"""The red flags of a case and of a party, and what people say of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.models import Case, Indicator, User
from kyc.diligence import merging
from kyc.forms.flag import DismissForm, ReasonForm, TickForm
from kyc.models import Consignment, Dismissal, Party, Tick
from kyc.redflags import flag_board, flag_pages, flag_words, flags
from kyc.redflags.flag_board import Board
from kyc.redflags.flag_links import Links
from kyc.redflags.indicators import RULES
from kyc.views.party import get_party

CASES = 5  # of a party on one page: each is judged anew


@require_safe
def flag_list(request: HttpRequest, reference: str) -> HttpResponse:
    """All flags of a case by group, those dismissed, and what could not be judged."""
    case = access.get_case(request.user, reference)
    about = request.GET.get("about", "")
    board = flag_board.board(case, request.user)
    context = {
        "case": case,
        "page": flag_pages.page(board, about),
        "about": _named(board, about) if about else None,
        "can_edit": roles.EDIT in case.granted_actions,
        "reads_catalogue": _reads_catalogue(access.person(request)),
    }
    return render(request, "kyc/flag_list.html", context)


def _reads_catalogue(user: User) -> bool:
    return any(access.holds(user, one) for one in (roles.VIEW_REGISTER, roles.MANAGE_REFERENCE))


@require_safe
def flag_line(request: HttpRequest, reference: str) -> HttpResponse:
    """How many stand, for the page of the case, which does not wait for it."""
    case = access.get_case(request.user, reference)
    score = flag_board.score(flag_board.board(case, request.user).raised)
    context = {"case": case, "words": flag_words.count(score), "score": score}
    return render(request, "kyc/flag_line.html", context)


def _subjects(board: Board) -> list[tuple[str, str]]:
    """What a flag can be about, by the key that addresses use."""
    links = Links(board.data)
    known = [flag_board.Subject()]
    known += [flag_board.Subject(load.pk) for load in board.data.loads]
    known += [flag_board.Subject(party=party.pk) for party in board.data.parties]
    return [(one.key, links.subject(one).word) for one in known]


def _named(board: Board, key: str) -> str:
    """The word for a subject; one that is not of this case is nothing."""
    found = dict(_subjects(board)).get(key)
    if found is None:
        raise Http404
    return found


def flag_tick(request: HttpRequest, reference: str) -> HttpResponse:
    """A flag that a person saw, with a note."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.EDIT)
    board = flag_board.board(case, actor)
    initial = {"indicator": request.GET.get("indicator", ""), "about": "case"}
    form = TickForm(
        request.POST if request.method == "POST" else None,
        rows=list(board.in_force),
        subjects=_subjects(board),
        initial=initial,
    )
    if form.is_valid() and attempt(form, lambda: _tick(case, form, request)) is not None:
        messages.success(request, gettext("The flag is on the record of this case."))
        return redirect("kyc:flag-list", reference)
    context = {"case": case, "form": form, "reads_catalogue": _reads_catalogue(actor)}
    return render(request, "kyc/flag_tick.html", context)


def _tick(case: Case, form: TickForm, request: HttpRequest) -> Tick:
    data, about = form.cleaned_data, form.cleaned_data["about"]
    loads = Consignment.objects.visible_to(request.user).select_related("seizure")
    parties = Party.objects.visible_to(request.user)
    return flags.tick(
        case,
        Indicator.objects.get(code=data["indicator"]),
        note=data["note"],
        consignment=loads.get(pk=about[1:]) if about.startswith("c") and about[1:].isdecimal()
        else None,
        party=parties.get(pk=about[1:]) if about.startswith("p") else None,
        actor=access.person(request),
    )  # fmt: skip


def flag_untick(request: HttpRequest, reference: str, tick: int) -> HttpResponse:
    """Take back a tick, with the reason."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.EDIT)
    rows = Tick.objects.visible_to(actor).select_related("case", "indicator", "ticked_by")
    row: Tick = get_object_or_404(rows, case=case, pk=tick)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        flags.untick(row, reason=form.cleaned_data["reason"], actor=actor)
        messages.success(request, gettext("The tick is taken back."))
        return redirect("kyc:flag-list", reference)
    return render(request, "kyc/flag_untick.html", {"case": case, "tick": row, "form": form})


def flag_dismiss(request: HttpRequest, reference: str, code: str, subject: str) -> HttpResponse:
    """Say why a flag means nothing here; it stays on the page, struck."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.EDIT)
    board = flag_board.board(case, actor)
    found = board.find(code, subject)
    if found is None or found.flag is None:
        raise Http404
    initial = {"seen": found.flag.digest}
    form = DismissForm(request.POST if request.method == "POST" else None, initial=initial)
    if (
        form.is_valid()
        and attempt(
            form, lambda: flags.dismiss(case, code, subject, actor=actor, **form.cleaned_data)
        )
        is not None
    ):
        messages.success(request, gettext("The flag is dismissed. It stays on the page, struck."))
        return redirect("kyc:flag-list", reference)
    item = flag_pages.item(found, board)
    return render(request, "kyc/flag_dismiss.html", {"case": case, "item": item, "form": form})


def flag_restore(request: HttpRequest, reference: str, dismissal: int) -> HttpResponse:
    """Let a dismissed flag stand again."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.EDIT)
    rows = Dismissal.objects.visible_to(actor).select_related("case", "indicator", "dismissed_by")
    row: Dismissal = get_object_or_404(rows, case=case, pk=dismissal)
    # The reader must see the flag: a dismissal of one that rests on another case is not theirs.
    shown = [one.dismissal for one in flag_board.board(case, actor).raised]
    if row not in shown:
        raise Http404
    if request.method == "POST":
        flags.restore(row, actor=actor)
        messages.success(request, gettext("The flag stands again."))
        return redirect("kyc:flag-list", reference)
    return render(request, "kyc/flag_restore.html", {"case": case, "dismissal": row})


@require_safe
def party_flags(request: HttpRequest, pk: int) -> HttpResponse:
    """The flags of a party in each case that the reader may read."""
    party = get_party(request.user, pk)
    mine = Case.objects.visible_to(request.user).filter(
        involvements__party__in=merging.group(party)
    )
    pager = Paginator(mine.distinct().order_by("-created_at", "-pk"), CASES).get_page(
        request.GET.get("page")
    )
    boards = flag_board.boards(list(pager), request.user)
    rows = []
    for case in (one for one in pager if one.pk in boards):
        board = boards[case.pk]
        root = board.data.members.get(party.pk, party.pk)
        rows.append((case, flag_pages.page(board, f"p{root}")))
    return render(request, "kyc/party_flags.html", {"party": party, "rows": rows, "pager": pager})


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """The catalogue, for those who read the register or keep the tables."""
    may_edit = access.holds(request.user, roles.MANAGE_REFERENCE)
    if not _reads_catalogue(access.person(request)):
        raise NotAllowed(gettext("Your position does not read the register of parties."))
    rows = list(Indicator.objects.all())
    groups = [
        (title, [row for row in rows if row.group == group])
        for group, title in flag_pages.GROUPS.items()
    ]
    context = {"groups": groups, "total": len(rows), "rules": RULES, "may_edit": may_edit}
    return render(request, "kyc/indicator_list.html", context)
