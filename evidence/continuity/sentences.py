"""One sentence for each kind of finding, for a magistrate. `_` marks them for translation."""


def _(text: str) -> str:
    return text


EXPLAINED = _("The record explains it.")
SENTENCES = {
    # who held it, and when nobody did
    "before_first": _("For %(length)s after the seizure nobody is recorded as holding it."),
    "no_holder": _("At event %(event)s nobody is recorded as holding it."),
    "offered": _("Offered to %(to)s; nobody has acknowledged it."),
    "unanswered": _("Offered to %(to)s %(length)s ago; nobody has acknowledged it."),
    "slow_handover": _(
        "%(length)s passed between the offer by %(giver)s and the acknowledgement by "
        "%(receiver)s. Only %(giver)s answers for that time."
    ),
    "refused": _("%(who)s refused what was offered."),
    "not_offered": _("%(receiver)s took it in event %(event)s, but no event offers it."),
    "wrong_giver": _("%(giver)s gave it away in event %(event)s, but %(holder)s held it."),
    "handed_out": _("With %(receiver)s, who has no account here, for %(length)s."),
    "overdue": _("With %(receiver)s, who has no account here, for %(length)s and not back."),
    "was_out": _("It was with %(receiver)s, who has no account here, for %(length)s."),
    "lost": _("Reported missing %(length)s ago and not found."),
    "lost_found": _("For %(length)s it was missing; nobody can say where it was."),
    "returned_to_nobody": _("Event %(event)s gives it back, but names nobody who received it."),
    "after_end": _("Event %(event)s was recorded after it was returned or disposed of."),
    "no_place": _("For %(length)s nobody has recorded where it is kept."),
    "damaged": _("Damage was reported in event %(event)s."),
    # seals
    "seal_broken": _("The seal %(seal)s was not intact at event %(event)s."),
    "seal_broken_explained": _(
        "The seal %(seal)s was not intact at event %(event)s. The record explains it."
    ),
    "seal_changed": _("Seal %(known)s was put on; seal %(seal)s was found in event %(event)s."),
    "seal_changed_explained": _(
        "Seal %(known)s was put on; seal %(seal)s was found in event %(event)s. The record "
        "explains it."
    ),
    "seal_replaced": _("Seal %(seal)s replaced seal %(known)s; no event says who cut the old one."),
    "unsealed": _("Opened in event %(event)s and under no seal for %(length)s."),
    "still_unsealed": _("Opened in event %(event)s and not recorded as sealed for %(length)s."),
    "handed_open": _("It changed hands in event %(event)s while no seal was on it."),
    "never_sealed": _("It changed hands in event %(event)s and no seal was ever recorded."),
    # how many, how heavy
    "count": _("Count %(known)s before, %(count)s in event %(event)s. Nothing explains it."),
    "count_explained": _(
        "Count %(known)s before, %(count)s in event %(event)s. The record explains it."
    ),
    "lighter": _("%(apart)s less in event %(event)s than before. Nothing explains it."),
    "heavier": _("%(apart)s more in event %(event)s than before. Nothing explains it."),
    "lighter_explained": _(
        "%(apart)s less in event %(event)s than before. The record explains it."
    ),
    "heavier_explained": _(
        "%(apart)s more in event %(event)s than before. The record explains it."
    ),
    "lighter_part": _(
        "%(apart)s less in event %(event)s than before. A part was taken out in between and its "
        "weight is not recorded."
    ),
    "drift_lighter": _(
        "Each weighing agrees with the one before, but by event %(event)s it is %(apart)s "
        "lighter in all."
    ),
    "drift_heavier": _(
        "Each weighing agrees with the one before, but by event %(event)s it is %(apart)s "
        "heavier in all."
    ),
    "parts_lighter": _("%(apart)s less in event %(event)s than what was put together."),
    "parts_heavier": _("%(apart)s more in event %(event)s than what was put together."),
    # where it was
    "court_elsewhere": _(
        "Produced at %(place)s by %(recorder)s while %(holder)s held it at %(known)s. No event "
        "says how it came there."
    ),
    "act_elsewhere": _(
        "%(recorder)s recorded event %(event)s at %(place)s while %(holder)s held it at %(known)s."
    ),
    "not_moved": _(
        "Event %(event)s was at %(place)s, but it was kept at %(known)s. No event says that it "
        "was moved."
    ),
    "two_places": _(
        "%(recorder)s is recorded at %(place)s in event %(event)s and, %(length)s apart, at "
        "%(other_place)s with %(other)s."
    ),
    "missing": _("Not found when the store was checked on %(day)s; recorded at %(known)s."),
    "missing_since": _(
        "Not found when the store was checked on %(day)s; recorded again in event %(event)s."
    ),
    "seen_again": _("Not found when the store was checked on %(day)s, but at the next check."),
    "found_elsewhere": _("Found at %(place)s on %(day)s, but recorded at %(known)s."),
    "found_elsewhere_moved": _(
        "Found at %(place)s on %(day)s, but recorded at %(known)s. Event %(event)s came after."
    ),
    # when it was recorded
    "late": _("Event %(event)s was recorded %(length)s after it happened."),
    "before_it_happened": _(
        "Event %(event)s was recorded %(length)s before it is said to have happened."
    ),
    "order": _("Event %(event)s is said to have happened %(length)s before the event before it."),
    "clock_back": _(
        "The clock ran backwards: event %(event)s was recorded %(length)s before the event before "
        "it."
    ),
    "corrected": _("Event %(other)s was corrected by event %(event)s."),
}
