"""How much each way of matching adds to the order "best first", for every engine alike.

Chosen on judged collections: a stem finds more and ranks worse than the word as it was typed, so
that form adds something; so do words that stand together. A title helps little, and much of it
hurts where titles are names.
"""

from typing import Final

TITLE: Final = 0.2  # what a word adds when it stands in the title, too
SPELT: Final = 0.4  # what it adds when it stands there in the very form that was typed
MARK: Final = 4.0  # an identifier is hardly ever chance
CLOSE: Final = 0.4  # what two words add that were typed and stand next to each other
PLAIN: Final = 0.5  # score of what only begins, sounds or is spelled so, or lies between
