"""What a snapshot says of the witnesses, of what was stated, and of exhibits in court. Pure."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Summons:
    kind: str
    hearing_at: datetime
    issued_on: date
    state: str
    mark: str
    served_on: date | None = None
    served_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A protected one has a cipher for a label and no name, position or statement here."""

    label: str
    name: str = ""
    kind: str
    position: str = ""
    country: str = ""
    language: str = ""
    court_number: str = ""
    proves: str = ""
    is_protected: bool = False
    mark: str
    word: str  # how they stand for the court
    statements: tuple[int, ...] = ()  # their numbers in this dossier
    summonses: tuple[Summons, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Translation:
    language: str
    translator: str
    text: str = ""
    paper: str = ""
    paper_digest: str = ""
    bundle_path: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    number: int  # in this dossier
    witness: str = ""  # label
    accused: int = 0
    taken_on: date
    taken_by: str = ""
    place: str = ""
    language: str = ""
    text: str = ""
    is_signed: bool
    is_sensitive: bool = False
    correction: str = ""  # why it stands in the place of an earlier one
    paper: str = ""  # name of the file
    paper_digest: str = ""
    bundle_path: str = ""
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CourtMark:
    """What a court did with an exhibit."""

    kind: str
    mark: str
    happened_on: date
    court: str
    number: str = ""  # MFI 3, P12
    witness: str = ""  # label
    ruling: str = ""
