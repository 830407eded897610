"""What a snapshot says of electronic records: each step on their way, and its certificate. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The certificate of one step: signed, or what it lacks."""

    mark: str
    sentence: str
    given_by: str = ""
    paper_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step from the device that made the file into the store, in the order of time."""

    what: str  # acquired, copied or taken in
    way: str  # such as "telephone to computer"
    device: str = ""
    serial: str = ""
    person: str = ""
    happened_at: datetime | None = None
    method: str = ""
    digest_before: str = ""
    digest_after: str = ""
    note: str = ""
    certificate: Standing | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """A file that came out of a device."""

    label: str = ""  # of its exhibit
    name: str
    digest: str
    made_of: str = ""  # what it was made of, by whom and how
    steps: tuple[Step, ...] = ()
