"""A shipping line's own list of shippers it refuses, in two versions, and what it found."""

from io import BytesIO
from pathlib import Path

from kyc import screening, watchlists
from kyc.models import Hit
from search.demo.cast import Cast
from search.demo.stage import at

LIST = "Meridian Orient Line: refused shippers"
FILE = Path(__file__).with_name("blacklist.csv")
JUDGED = (
    ("Tamarind Reef Exporters Ltd", "same",
     "The telephone and the street are those of the export entry; the line means this firm."),
    ("Lucy Wanja Muriuki", "different",
     "Another second name, another town, and thirty-three years older than her identity card."),
)  # fmt: skip


def tell(cast: Cast) -> None:
    """The first version lacked the last entries. One finding waits for a decision."""
    lines = FILE.read_bytes().splitlines(keepends=True)
    for days, count in ((96, len(lines) - 2), (20, len(lines))):
        with at(days, "08:45"):
            watchlists.import_file(
                BytesIO(b"".join(lines[:count])), LIST, actor=cast.manager,
                file_name=f"refused-shippers-{count - 1}.csv", keeper="Meridian Orient Line",
            )  # fmt: skip
            screening.work()
    with at(19, "10:05"):
        for name, judgement, reason in JUDGED:
            for hit in Hit.objects.filter(party__name=name, closed_at=None):
                screening.judge(hit, judgement=judgement, reason=reason, actor=cast.investigator)
