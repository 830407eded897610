"""The store of the demonstration: its places, and a check of it by scanning with one missing."""

from casework.models import Case
from evidence.models import Exhibit, Place
from evidence.store import places, stocktakes
from search.demo.cast import Cast
from search.demo.stage import at

OPENED = 1500  # days ago, before the first story
CHECKED = 30
MISSING = "E4"  # the customs seal: small, and easily lost
ROOMS: tuple[tuple[str, str], ...] = (
    ("shelf", "shelf A-1"),
    ("shelf", "shelf C-1"),
    ("shelf", "shelf C-2"),
    ("room", "scale room"),
    ("box", "safe for documents"),
)


def build(cast: Cast) -> Place:
    """The places that the custody events of the stories name."""
    with at(OPENED, "08:00"):
        store = places.add(kind="store", name="Exhibit store", actor=cast.custodian)
        for kind, name in ROOMS:
            places.add(kind=kind, name=name, parent=store, actor=cast.custodian)
    return store


def check(cast: Cast, store: Place, case: Case) -> None:
    """A month ago the custodian scanned the whole store; one exhibit of the case was not found."""
    with at(CHECKED, "09:00"):
        begun = stocktakes.start(store, actor=cast.custodian)
    kept = Exhibit.objects.filter(place__in=places.inside(store)).select_related("place")
    lost = kept.filter(case=case, label=MISSING)
    codes = []
    for exhibit in kept.exclude(pk__in=lost.values("pk")).order_by("place__path", "pk"):
        assert exhibit.place is not None  # noqa: S101  # the rows were chosen by it
        codes += [exhibit.place.code, str(exhibit.identifier)]
    with at(CHECKED, "10:20"):
        stocktakes.scan(begun, "\n".join(codes), actor=cast.custodian)
    with at(CHECKED, "11:05"):
        told = "Looked through shelf C-2 twice. The officer who sealed the bag is asked."
        stocktakes.sign(begun, note=told, actor=cast.custodian)
