"""The custody report of one exhibit, oldest event first, as the court reads it. Pure."""

from datetime import timedelta

from reportlab.platypus import Flowable

from evidence.dossier import lifeline, words
from evidence.dossier.chronology import mark_of
from evidence.dossier.continuity import remarks
from evidence.dossier.marks import State, Step, dates
from evidence.dossier.paper import Anchor, bold, gap, marked, mono, para, prose, section
from evidence.dossier.part import Telling
from evidence.dossier.snapshot import Event, Exhibit, Person, Remark
from evidence.dossier.tables import stamp
from evidence.dossier.text import markup, paragraphs

ON_THE_WAY = timedelta(hours=1)  # from here on the time between offer and answer is stated
CALIBRATION_DAYS = 366  # as in evidence/store/scales.py, which is not for pure pages


UNBROKEN = "Each digest follows from the one before: nothing altered, nothing taken out."


def custody(making: Telling, exhibit: Exhibit, key: str) -> list[Flowable]:
    title = f"Chain of custody of {exhibit.label}"
    found = remarks(exhibit)
    drawing = _drawing(making, exhibit, found)
    made = [*section("Chain of custody", 330 if drawing else 150), Anchor(key, title)]
    made += [_proof(making, exhibit), gap(10), *drawing]
    made += [State(one.mark, marked(bold(one.words))) for one in found if not one.after]
    last = len(exhibit.events) - 1
    above = ""
    for at, event in enumerate(exhibit.events):
        line = "" if at == last else _line(exhibit, event)
        said = [one for one in found if one.after == event.sequence]
        made.append(_step(making, exhibit, event, said, line, above))
        above = line
    return made


def _drawing(making: Telling, exhibit: Exhibit, found: list[Remark]) -> list[Flowable]:
    """Seen before a word is read: who held it, under which seal, how many, how heavy."""
    drawn = lifeline.columns(exhibit.events, found, lambda event: making.day(event.happened_at))
    if not lifeline.FEWEST <= len(drawn) <= lifeline.MOST:
        return []
    return [lifeline.Lifeline(drawn), gap(12)]


def _line(exhibit: Exhibit, event: Event) -> str:
    """Dashed while the handover is with one side only; open where it was not taken."""
    return "dashed" if event.kind == "offered" else "solid"


def _step(
    making: Telling,
    exhibit: Exhibit,
    event: Event,
    said: list[Remark],
    line: str,
    above: str,
) -> Step:
    clock = words.clock(event.happened_at, making.zone)
    left = dates(making.day(event.happened_at), f"{event.sequence} \N{MIDDLE DOT} {clock}")
    worst = next((one.mark for one in said if one.mark == "cross"), mark_of(event))
    body = [marked(_sentence(event)), *_by_lines(making, exhibit, event)]
    body += [State(one.mark, marked(bold(one.words))) for one in said]
    if event.explanation:
        body += prose(paragraphs(f"Explained: {event.explanation}"))
    body += prose(paragraphs(event.note))
    body.append(marked(mono(event.digest), "digest"))
    return Step(left, worst, body, line=line, above=above)


def _sentence(event: Event) -> str:
    """Opens with the act in bold; then who, and where."""
    who = ""
    if event.giver and event.receiver:
        who = f" by {words.person(event.giver)} to {words.person(event.receiver)}"
        if event.kind in ("acknowledged", "refused", "taken_back"):
            who = f" by {words.person(event.receiver)}, from {words.person(event.giver)}"
        elif event.kind in ("proposed", "disposed"):
            by = "to be confirmed by" if event.kind == "proposed" else "confirmed by"
            who = f" by {words.person(event.giver)}, {by} {words.person(event.receiver)}"
    elif event.receiver or event.giver:
        who = f" by {words.person(event.receiver or event.giver)}"
    else:
        who = f" by {words.person(event.recorder)}"
    place = f", {event.place}" if event.place else ""
    return f"{bold(event.title)}{markup(who + place)}"


def _by_lines(making: Telling, exhibit: Exhibit, event: Event) -> list[Flowable]:
    made = [marked(reading, "text")] if (reading := _reading(making, event)) else []
    for text in (_why(event), f"{_links(event)} {_way(exhibit, event)}".strip()):
        if text:
            made.append(para(text, "by"))
    people = [_named("From", event.giver), _named("To", event.receiver)]
    people.append(_named("Recorded by", event.recorder))
    recorded = f"{making.when(event.recorded_at)}"
    made.append(para(". ".join(text for text in people if text) + f", {recorded}.", "by"))
    return made


def _reading(making: Telling, event: Event) -> str:
    parts = []
    if event.seal_number:
        intact = {True: " intact", False: " <b>not intact</b>", None: ""}[event.seal_intact]
        parts.append(f"Seal {mono(event.seal_number)}{intact}")
    if event.new_seal_number:
        parts.append(f"New seal {mono(event.new_seal_number)}")
    if event.count is not None:
        parts.append(f"Count <b>{event.count:,}</b>")
    if event.weight_mg is not None:
        parts.append(f"Weight <b>{words.weight(event.weight_mg)}</b>")
    if event.scale:
        parts.append(f"Scale {mono(event.scale)}, {_calibration(making, event)}")
    if event.kind == "declared" and event.tolerance_mg is not None:
        parts.append(f"From now on <b>{words.weight(event.tolerance_mg)}</b> is taken as equal")
    return " &nbsp; ".join(parts)


def _calibration(making: Telling, event: Event) -> str:
    """That it was not stated, or had run out, is for the reader to know."""
    on = event.scale_calibrated_on
    if on is None:
        return "calibration not stated"
    old = (event.happened_at.date() - on).days > CALIBRATION_DAYS
    return f"calibrated {making.day(on)}{', more than a year earlier' if old else ''}"


def _why(event: Event) -> str:
    parts = []
    if event.purpose:
        parts.append(f"Purpose: {event.purpose}")
    if event.authority:
        parts.append(f"Authority: {event.authority}")
    if event.files:
        parts.append(f"{words.plural(len(event.files), 'file')} attached")
    return ". ".join(parts)


def _links(event: Event) -> str:
    if event.answers:
        return f"Answers event {event.answers}."
    if event.kind == "enclosed":
        return f"Adds to event {event.corrects}."
    return f"Corrects event {event.corrects}." if event.corrects else ""


def _way(exhibit: Exhibit, event: Event) -> str:
    offers = {one.sequence: one for one in exhibit.events if one.kind == "offered"}
    offer = offers.get(event.answers or 0)
    if offer is None or event.happened_at - offer.happened_at < ON_THE_WAY:
        return ""
    taken = words.duration(event.happened_at - offer.happened_at)
    return f"{taken} after the offer; until then {words.person(offer.giver)} answers for it."


def _named(word: str, who: Person | None) -> str:
    return f"{word} {words.person(who, number=True)}" if who else ""


def _proof(making: Telling, exhibit: Exhibit) -> Flowable:
    count = words.plural(len(exhibit.events), "event")
    titles = {
        "verified": "Chain verified",
        "pending": "Chain verified, not all of it signed yet",
        "broken": "Chain broken",
        "empty": "No chain",
    }
    body = [marked(bold(titles[exhibit.proof.state]))]
    if exhibit.proof.fault:
        body.append(para(exhibit.proof.fault))
    if exhibit.events and exhibit.proof.state != "broken":
        told = f"{count}, re-computed when this dossier was built. {UNBROKEN}"
        body.append(para(told, "by"))
        under = f"{exhibit.proof.sequenced} under the signed head that is on the cover."
        body.append(para(under, "by"))
        body.append(marked(mono(f"last {words.groups(exhibit.events[-1].digest)}"), "digest"))
        body.append(marked(mono(f"id {exhibit.identifier}"), "digest"))
    return stamp(body)
