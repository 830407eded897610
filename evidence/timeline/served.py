"""What the timeline says of service on the defence."""

from django.utils.translation import gettext as _

from evidence.models import DisclosureService
from evidence.timeline.moment import Moment


def service(row: DisclosureService) -> Moment:
    """No link: whoever reads the case may not open its dossiers for that."""
    dossier = row.dossier
    told = _("disclosure, dossier %(n)s") if dossier.is_disclosure else _("dossier %(n)s")
    by = _("%(name)s says so") % {"name": row.recorded_by.get_full_name()}
    return Moment(
        row.served_at, _("Served."), (told % {"n": dossier.number},),
        _("on %(who)s") % {"who": row.recipient}, by, "full" if row.receipt_id else "half",
        key=("served", row.recipient, row.served_at),
    )  # fmt: skip
