"""The points to prove of a trial: the matrix, a cell of it, what the record offers, by witness."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from casework.models import Case, Proceeding, User
from evidence.forms.proof import BringInForm, JudgeForm, LinkForm, OffersForm
from evidence.proof import alarms, by_witness, links, matrix, suggestions
from evidence.proof.matrix import Cell, CountMatrix, Matrix
from evidence.reading import of_case

METHODS = ["GET", "HEAD", "POST"]
TRIALS = (Proceeding.Kind.TRIAL, Proceeding.Kind.RETRIAL)
LONGEST_KEY = 9
MOST_NAMED = 5


@dataclass(frozen=True)
class Page:
    """A trial of a case as one reader may see it."""

    case: Case
    user: User
    trials: tuple[Proceeding, ...]
    whole: Matrix

    @property
    def trial(self) -> Proceeding:
        return self.whole.proceeding

    @property
    def may_change(self) -> bool:
        return roles.PROSECUTE in self.case.granted_actions

    def cell(self, charge: int, element: int) -> Cell:
        """What is the same for all of a count is found by the charge of each."""
        for cell in self.whole.cells:
            if cell.element.pk == element and charge in {one.pk for one in cell.charges}:
                return cell
        raise Http404

    def after(self, cell: Cell) -> Cell | None:
        """The next cell that waits for a judgement; where none does, the next that is missing."""
        cells = self.whole.cells
        place = next(n for n, one in enumerate(cells) if one.key == cell.key)
        others = [*cells[place + 1 :], *cells[:place]]
        waiting = [one for one in others if one.state == matrix.LINKED]
        return next(iter([*waiting, *(one for one in others if one.is_missing)]), None)

    def count(self, pk: int) -> CountMatrix:
        found = next((one for one in self.whole.counts if one.count.pk == pk), None)
        if found is None:
            raise Http404
        return found


def trials_of(case: Case) -> tuple[Proceeding, ...]:
    rows = case.proceedings.filter(kind__in=TRIALS).select_related("court")
    found = tuple(rows.order_by("-opened_on", "-pk"))
    for one in found:
        one.case = case
    return found


def _page(case: Case, user: User, trial: int | None = None) -> Page | None:
    """The trial asked for, or the newest one; None where nobody is tried yet."""
    trials = trials_of(case)
    if not trials:
        return None
    chosen = next((one for one in trials if one.pk == trial), None)
    if trial is not None and chosen is None:
        raise Http404
    return Page(case, user, trials, matrix.of(chosen or trials[0], of_case(case, user)))


def _of_charge(case: Case, user: User, **wanted: int) -> Page:
    """The page of the trial where a charge, or a count, is tried; the newest trial first."""
    trials = trials_of(case)
    for found in matrix.of_all(trials, of_case(case, user)) if trials else ():
        for one in found.counts:
            keys = {charge.pk for charge in one.charges}
            if wanted.get("charge") in keys or wanted.get("count") == one.count.pk:
                return Page(case, user, trials, found)
    raise Http404


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


@require_safe
def case_proof(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference)
    page = _page(case, user, _number(request, "trial"))
    return _render(request, case, page)


def _render(
    request: HttpRequest, case: Case, page: Page | None, cell: Cell | None = None, **more: Any
) -> HttpResponse:
    """The matrix, with one cell open below it where one is asked for."""
    context: dict[str, Any] = {"case": case, "page": page, "cell": cell, **more}
    if page is not None and cell is not None:
        context["following"] = page.after(cell)
    if page is not None:
        accused = _number(request, "accused")
        shown = page.whole.of(accused)
        context |= {
            "accused": accused,
            "shown": shown,
            "alarms": alarms.of_proceeding(page.trial, page.user, shown),
            "offers": _offers(page),
            "lawyers": _lawyers(page),
            "may_choose": access.holds(page.user, roles.MANAGE_LAW),
        }
    return render(request, "evidence/case_proof.html", context)


def _lawyers(page: Page) -> list[User]:
    """Who chooses the points to prove of a section, where one has none."""
    if all(one.has_points for one in page.whole.counts):
        return []
    return list(User.objects.filter(is_active=True, position="legal").order_by("name")[:MOST_NAMED])


def _offers(page: Page) -> dict[int, int]:
    """By count, how much of the record is offered and not linked yet."""
    if not page.may_change:
        return {}
    stock = suggestions.read(page.case, of_case(page.case, page.user))
    return {one.count.pk: len(suggestions.of(one, stock)) for one in page.whole.counts}


@require_http_methods(METHODS)
def proof_cell(request: HttpRequest, reference: str, charge: int, element: int) -> HttpResponse:
    """One element against one accused: its evidence, and what changes it."""
    user = access.person(request)
    is_post = request.method == "POST"
    case = access.get_case(user, reference, roles.PROSECUTE if is_post else roles.VIEW)
    page = _of_charge(case, user, charge=charge)
    cell = page.cell(charge, element)
    if not page.may_change:
        return _render(request, case, page, cell)
    reading, act = of_case(case, user), request.POST.get("act", "")
    sent = {name: request.POST if act == name else None for name in ("link", "judge")}
    linking = LinkForm(case, cell, page.whole, reading, sent["link"], prefix="l")
    judging = JudgeForm(cell, page.whole, sent["judge"], prefix="j")
    done = is_post and {"link": _link, "judge": _judge, "remove": _remove}.get(act, _nothing)(
        request, page, cell, judging if act == "judge" else linking
    )
    if done:
        messages.success(request, done)
        return redirect(f"{request.get_full_path()}#cell")
    return _render(request, case, page, cell, linking=linking, judging=judging)


def _points(page: Page, cell: Cell, also: list[str]) -> list[links.Point]:
    cells = [cell, *(found for key in also if (found := page.whole.cell(key)))]
    return [(one.charge, one.element) for one in cells]


def _link(request: HttpRequest, page: Page, cell: Cell, form: Any) -> str:
    if not form.is_valid():
        return ""
    typed = form.cleaned_data
    points = _points(page, cell, typed["also"])
    made = attempt(form, lambda: links.link(
        page.case, things=form.chosen(), points=points, witness=typed["witness"],
        note=typed["note"], actor=page.user,
    ))  # fmt: skip
    return _("Linked. Say what it is worth.") if made is not None else ""


def _judge(request: HttpRequest, page: Page, cell: Cell, form: Any) -> str:
    if not form.is_valid():
        return ""
    typed = form.cleaned_data
    points = _points(page, cell, typed["also"])
    made = attempt(form, lambda: links.judge(
        page.case, points=points, state=typed["state"], note=typed["note"], actor=page.user
    ))  # fmt: skip
    return _("Recorded. What was said before stays on record.") if made is not None else ""


def _remove(request: HttpRequest, page: Page, cell: Cell, form: Any) -> str:
    piece = next((one for one in cell.pieces if one.key == request.POST.get("piece")), None)
    if piece is None:
        raise Http404
    links.remove(page.case, links=piece.links, actor=page.user)
    return _("Taken away. That it was linked stays on record.")


def _nothing(request: HttpRequest, page: Page, cell: Cell, form: Any) -> str:
    return ""


@require_http_methods(METHODS)
def proof_offers(request: HttpRequest, reference: str, count: int) -> HttpResponse:
    """What the record offers for one count: taken over with one click, judged by nobody."""
    user = access.person(request)
    case = access.get_case(user, reference, roles.PROSECUTE)
    page = _of_charge(case, user, count=count)
    one = page.count(count)
    stock = suggestions.read(case, of_case(case, user))
    found = suggestions.of(one, stock)
    sent = {"offers": [offer.key for offer in found]} if "all" in request.POST else request.POST
    form = OffersForm(found, sent if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wanted: Any = suggestions.grouped(form.chosen())
        made = attempt(form, lambda: links.take_over(case, offers=wanted, actor=user))
        if made is not None:
            told = ngettext("%(n)d link made.", "%(n)d links made.", len(made))
            messages.success(request, told % {"n": len(made)})
            return redirect(f"{_address(page)}#count-{one.count.pk}")
    context = {"case": case, "page": page, "one": one, "form": form,
               "groups": by_witness.by_element(found)}  # fmt: skip
    return render(request, "evidence/proof_offers.html", context)


def _address(page: Page) -> str:
    return f"{reverse('evidence:case-proof', args=[page.case.reference])}?trial={page.trial.pk}"


@require_http_methods(METHODS)
def proof_witnesses(request: HttpRequest, reference: str) -> HttpResponse:
    """Which witness brings in what; and what nobody brings in yet."""
    user = access.person(request)
    is_post = request.method == "POST"
    case = access.get_case(user, reference, roles.PROSECUTE if is_post else roles.VIEW)
    page = _page(case, user, _number(request, "trial"))
    told = by_witness.of(page.whole) if page else None
    context: dict[str, Any] = {"case": case, "page": page, "told": told}
    if page and told and page.may_change:
        keys = [(one.key, one.words) for one in told.orphans]
        form = BringInForm(case, of_case(case, user), keys, request.POST or None)
        if is_post and form.is_valid() and _bring_in(form, page, told):
            messages.success(request, _("Named. It holds for every point that it is linked to."))
            return redirect(request.get_full_path())
        context["form"] = form
    return render(request, "evidence/proof_witnesses.html", context)


def _bring_in(form: BringInForm, page: Page, told: by_witness.Told) -> bool:
    thing = next(one for one in told.orphans if one.key == form.cleaned_data["thing"])
    made = attempt(form, lambda: links.bring_in(
        page.case, links=thing.links, witness=form.cleaned_data["witness"], actor=page.user
    ))  # fmt: skip
    return made is not None
