"""The papers of a case in the snapshot: certificates needed, what laboratories found. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class CertificateLine:
    """One certificate that the case needs: present, or what is wanting."""

    kind: str
    is_electronic: bool = False  # the way of the record has a part of its own
    statute: str = ""
    thing: str
    label: str = ""  # of the exhibit
    mark: str
    sentence: str
    given_by: str = ""
    paper: str = ""  # name of the signed paper
    paper_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A thing of a request, and what was found in it; texts are empty where nothing was."""

    label: str
    description: str
    seal: str = ""
    marks: str = ""
    count: int | None = None
    weight_mg: int | None = None
    handover: str
    is_handed_over: bool
    found: str = ""
    certainty: str = ""
    method: str = ""
    text: str = ""
    differs: str = ""
    found_count: int | None = None
    found_weight_mg: int | None = None


@dataclass(frozen=True, kw_only=True)
class Examination:
    """A request to a laboratory with its receipt and report."""

    number: int
    laboratory: str
    question: str
    sent_by: str
    carried_by: str
    sent_on: date
    due_on: date | None = None
    mark: str
    state: str
    received: str = ""
    received_on: date | None = None
    is_intact: bool | None = None
    remarks: str = ""
    expert: str = ""
    reported_on: date | None = None
    report: str = ""
    paper: str = ""
    paper_digest: str = ""
    items: tuple[Examined, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A count beside a finding, with what the prosecutor answered."""

    mark: str
    sentence: str
    listing: str = ""
    answers: tuple[str, ...] = ()
    is_alarm: bool = False
