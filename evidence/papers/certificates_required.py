"""Which certificates a case needs, which of them it has, and why: each in one sentence.

A rule over facts, without a database. A file out of a device needs the certificate for electronic
records with its statement, for itself and for every copy on its way; a photograph and a scanner
image also their own; a weight the scale's; a detection by a dog the dog's, valid on that day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from casework import display

ELECTRONIC, PHOTOGRAPHIC, SCANNER = "electronic", "photographic", "scanner_image"
WEIGHING, DOG = "weighing", "detection_dog"
OF_FILES = (ELECTRONIC, PHOTOGRAPHIC, SCANNER)


@dataclass(frozen=True)
class Hop:
    """A copy of a file from one medium to the next; its position never changes."""

    position: int
    words: str  # "telephone to computer"


@dataclass(frozen=True)
class Record:
    """A file that came out of a device."""

    pk: int
    name: str
    label: str = ""  # of its exhibit
    is_photograph: bool = False
    is_scanner_image: bool = False
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True)
class Weighing:
    exhibit: int
    label: str
    scale: str
    day: date


@dataclass(frozen=True)
class Detection:
    """A seizure that a dog led to."""

    seizure: int
    number: int
    day: date


@dataclass(frozen=True)
class Facts:
    records: tuple[Record, ...] = ()
    weighings: tuple[Weighing, ...] = ()
    detections: tuple[Detection, ...] = ()


@dataclass(frozen=True)
class Need:
    """One certificate that a court will ask for: of what kind, about which thing, and why."""

    kind: str
    thing: str
    why: str
    label: str = ""
    attachment: int | None = None
    position: int | None = None  # of the copy
    exhibit: int | None = None
    seizure: int | None = None
    scale: str = ""
    day: date | None = None

    @property
    def key(self) -> str:
        """What a form calls it."""
        if self.attachment is not None:
            copy = "" if self.position is None else f"-{self.position}"
            return f"file-{self.attachment}{copy}"
        if self.exhibit is not None:
            return f"weighing-{self.exhibit}-{self.day}-{self.scale}"
        return f"seizure-{self.seizure}"


@dataclass(frozen=True)
class Given:
    """A certificate on the record, as far as the rule asks about it."""

    pk: int
    kind: str
    files: frozenset[tuple[int, int | None]] = frozenset()  # file, and position of the copy
    exhibits: frozenset[int] = frozenset()
    seizures: frozenset[int] = frozenset()
    scale: str = ""
    day: date | None = None
    since: date | None = None  # calibrated, or certified
    until: date | None = None
    is_responsible: bool = True
    unstated: tuple[str, ...] = ()  # conditions of a computer record that it does not state
    signed_on: date | None = None
    has_paper: bool = False


@dataclass(frozen=True)
class Line:
    """A need and its state: missing, draft, unpapered (no signed paper), wanting, or present."""

    need: Need
    state: str
    sentence: str
    given: int | None = None
    mark: str = field(default="open")

    @property
    def word(self) -> str:
        """The state in a word or two, for people."""
        return {
            "missing": _("Missing"),
            "draft": _("Not signed"),
            "unpapered": _("Paper missing"),
            "wanting": _("Not complete"),
            "present": _("Signed"),
        }[self.state]


def needs(facts: Facts) -> list[Need]:
    found: list[Need] = []
    for record in facts.records:
        found += _of_record(record)
    found += [_of_weighing(weighing) for weighing in facts.weighings]
    found += [_of_detection(detection) for detection in facts.detections]
    # By exhibit, E2 before E10; what belongs to none comes last.
    return sorted(found, key=lambda need: (not need.label, len(need.label), need.label))


def _of_record(record: Record) -> Iterator[Need]:
    about = {"label": record.label, "attachment": record.pk}
    if record.is_photograph:
        why = _("A photograph is shown to the court by who took it, or by a certificate.")
        yield Need(PHOTOGRAPHIC, record.name, why, **about)  # type: ignore[arg-type]  # typed above
    if record.is_scanner_image:
        why = _("The certificate shows that the image is of this container and was not swapped.")
        yield Need(SCANNER, record.name, why, **about)  # type: ignore[arg-type]
    why = _("Without it the court may refuse what came out of a device.")
    yield Need(ELECTRONIC, record.name, why, **about)  # type: ignore[arg-type]
    for hop in record.hops:
        thing = _("%(name)s, copied from %(how)s") % {"name": record.name, "how": hop.words}
        why = _("Each copy on the way needs the same certificate as the original.")
        yield Need(ELECTRONIC, thing, why, position=hop.position, **about)  # type: ignore[arg-type]


def _of_weighing(weighing: Weighing) -> Need:
    said = {
        "label": weighing.label, "scale": weighing.scale, "day": display.day(weighing.day),
    }  # fmt: skip
    return Need(
        WEIGHING,
        _("%(label)s on scale %(scale)s, %(day)s") % said,
        _("A weight stands as long as its scale does: number and valid calibration on that day."),
        label=weighing.label,
        exhibit=weighing.exhibit,
        scale=weighing.scale,
        day=weighing.day,
    )


def _of_detection(detection: Detection) -> Need:
    return Need(
        DOG,
        _("Seizure %(n)s, detected by a dog on %(day)s")
        % {"n": detection.number, "day": display.day(detection.day)},
        _("A dog's indication is worth what its certificate of that day says of dog and handler."),
        seizure=detection.seizure,
        day=detection.day,
    )


def lines(facts: Facts, given: Iterable[Given]) -> list[Line]:
    """Each need with the certificate that serves it best."""
    rows = list(given)
    return [line(need, rows) for need in needs(facts)]


def line(need: Need, given: Iterable[Given]) -> Line:
    serving = [_judge(need, one) for one in given if serves(one, need)]
    order = ("present", "unpapered", "draft", "wanting")
    if serving:
        return min(serving, key=lambda found: order.index(found.state))
    return Line(need, "missing", _("Missing. %(why)s") % {"why": need.why})


def serves(given: Given, need: Need) -> bool:
    if given.kind != need.kind:
        return False
    if need.attachment is not None:
        return (need.attachment, need.position) in given.files
    if need.exhibit is not None:
        same = given.scale == need.scale and given.day == need.day
        return same and need.exhibit in given.exhibits
    return need.seizure in given.seizures


def _judge(need: Need, given: Given) -> Line:
    if fault := fault_of(given, need.day):
        return Line(need, "wanting", fault, given.pk, "cross")
    if given.signed_on is None:
        told = _("Drafted, not signed yet. Only a signed certificate counts.")
        return Line(need, "draft", told, given.pk, "half")
    signed = {"day": display.day(given.signed_on)}
    if not given.has_paper:
        told = _("Signed on %(day)s as somebody says; the signed paper is not on file.") % signed
        return Line(need, "unpapered", told, given.pk, "half")
    return Line(need, "present", _("Signed on %(day)s.") % signed, given.pk, "full")


def fault_of(given: Given, day: date | None) -> str:
    """What a certificate leaves out or contradicts, in one sentence; empty where it is whole."""
    if given.kind == ELECTRONIC and not given.is_responsible:
        return _("Its giver does not say that they were responsible for the device.")
    if given.kind == ELECTRONIC and given.unstated:
        listed = "; ".join(given.unstated)
        return _("It does not state: %(listed)s.") % {"listed": listed}
    if given.kind in (WEIGHING, DOG) and day is not None:
        return _fault_of_day(given, day)
    return ""


def _fault_of_day(given: Given, day: date) -> str:
    is_scale = given.kind == WEIGHING
    if given.since is None:
        return (
            _("It does not say when the scale was calibrated.")
            if is_scale
            else _("It does not say since when dog and handler are certified.")
        )
    if given.since > day or (given.until is not None and given.until < day):
        said = {"day": display.day(day), "since": display.day(given.since),
                "until": display.day(given.until) if given.until else "…"}  # fmt: skip
        return _("It was not valid on %(day)s: it runs from %(since)s to %(until)s.") % said
    return ""
