"""The one signal of the domain: an operation says that a searchable object changed.

`post_save` is not used for this: it misses bulk writes.
"""

from django.dispatch import Signal

changed = Signal()  # sender: the model class; instance: the object that changed
