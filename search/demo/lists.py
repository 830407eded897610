"""A shipping line's own list of shippers it refuses, in two versions, and what it found."""

from io import BytesIO
from pathlib import Path

from kyc.models import Hit
from kyc.watch import screening, watchlists
from search.demo.cast import Cast
from search.demo.stage import at

LIST = "Meridian Orient Line: refused shippers"
FILE = Path(__file__).with_name("blacklist.csv")
LATER = 2  # entries that the first version lacked
JUDGED = (
    ("Tamarind Reef Exporters Ltd", "same",
     "The line's agent was rung: it means the exporter of Old Ginnery Road, at this telephone."),
    ("Lucy Wanja Muriuki", "different",
     "The line's clerk knows theirs: a trader of Nakuru, past seventy. Ours was born in 1984."),
)  # fmt: skip


def begin(cast: Cast) -> None:
    """The first version, before the third name of the exporter was recorded."""
    _bring(cast, 96, -LATER)
    with at(95, "10:05"):
        for name, judgement, reason in JUDGED:
            for hit in Hit.objects.filter(party__name=name, closed_at=None):
                screening.judge(hit, judgement=judgement, reason=reason, actor=cast.investigator)


def renew(cast: Cast) -> None:
    """The second version. What was judged is not asked again; one finding waits for a decision."""
    _bring(cast, 17, None)


def _bring(cast: Cast, days: int, until: int | None) -> None:
    lines = FILE.read_bytes().splitlines(keepends=True)[:until]
    with at(days, "08:45"):
        watchlists.import_file(
            BytesIO(b"".join(lines)), LIST, actor=cast.manager, keeper="Meridian Orient Line",
            file_name=f"refused-shippers-{len(lines) - 1}.csv",
        )  # fmt: skip
        screening.work()
