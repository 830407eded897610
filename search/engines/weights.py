"""How much each way of matching adds to the order "best first", for every engine alike.

Chosen on judged collections: a stem finds more and ranks worse than the word as it was typed, so
that form adds something; a title helps little, and much of it hurts where titles are names.
"""

from typing import Final

TITLE: Final = 0.2  # what a word adds when it stands in the title, too
SPELT: Final = 0.4  # what it adds when it stands there in the very form that was typed
MARK: Final = 4.0  # an identifier is hardly ever chance
PLAIN: Final = 0.5  # score of what only begins, sounds or is spelled so, or lies between
