"""The states of one charge (one count against one accused), and the steps it can take. Pure."""

from enum import StrEnum


class State(StrEnum):
    DRAFTED = "drafted"
    FILED = "filed"
    PLEADED = "pleaded"
    PLEADED_GUILTY = "pleaded_guilty"
    ON_TRIAL = "on_trial"
    PROSECUTION_CLOSED = "prosecution_closed"
    CASE_TO_ANSWER = "case_to_answer"
    CONVICTED = "convicted"
    SENTENCED = "sentenced"
    ACQUITTED = "acquitted"
    NO_CASE = "no_case"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_BARRED = "withdrawn_barred"
    DISMISSED = "dismissed"
    NO_FINDING = "no_finding"
    CONVICTION_APPEALED = "conviction_appealed"
    ACQUITTAL_APPEALED = "acquittal_appealed"
    RETRIAL_ORDERED = "retrial_ordered"
    ABATED = "abated"
    SUBSTITUTED = "substituted"
    FINAL = "final"


class Step(StrEnum):
    FILE = "file"
    PLEAD_NOT_GUILTY = "plead_not_guilty"
    PLEAD_GUILTY = "plead_guilty"
    PLEAD_NONE = "plead_none"
    SUBSTITUTE = "substitute"
    SEVER = "sever"
    JOIN = "join"
    WITHDRAW = "withdraw"
    WITHDRAW_BARRED = "withdraw_barred"
    DISMISS = "dismiss"
    DISCLOSE = "disclose"
    CONFER = "confer"
    OPEN = "open"
    CLOSE_PROSECUTION = "close_prosecution"
    REOPEN = "reopen"
    NO_CASE = "no_case"
    CASE_TO_ANSWER = "case_to_answer"
    CLOSE_DEFENCE = "close_defence"
    SUBMIT = "submit"
    CONVICT_ON_PLEA = "convict_on_plea"
    CONVICT = "convict"
    ACQUIT = "acquit"
    NO_FINDING = "no_finding"
    SENTENCE = "sentence"
    APPEAL = "appeal"
    CROSS_APPEAL = "cross_appeal"
    UPHOLD = "uphold"
    QUASH = "quash"
    CONVICT_ON_APPEAL = "convict_on_appeal"
    VARY_SENTENCE = "vary_sentence"
    ORDER_RETRIAL = "order_retrial"
    ABATE = "abate"


S = State
PLEADED = (S.PLEADED, S.PLEADED_GUILTY)
HEARD = (S.ON_TRIAL, S.PROSECUTION_CLOSED, S.CASE_TO_ANSWER)
BEFORE_CLOSE = (S.FILED, *PLEADED, S.ON_TRIAL)
UNDECIDED = (S.FILED, *PLEADED, *HEARD)
OPEN = (*UNDECIDED, S.RETRIAL_ORDERED)  # a court has still to decide
APPEALED = (S.CONVICTION_APPEALED, S.ACQUITTAL_APPEALED)
CONVICTIONS = (S.CONVICTED, S.SENTENCED)
OTHER_ENDS = (S.ACQUITTED, S.NO_CASE, S.WITHDRAWN_BARRED, S.DISMISSED, S.NO_FINDING)
# A plea of not guilty leads to where the trial of the others stands already.
AFTER_PLEA = (S.PLEADED, *HEARD)
