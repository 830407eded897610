"""Field kinds with a meaning of their own.

A nominal field names or describes a person or firm; every non-nominal export leaves it out.
"""

from typing import Any

from django.db import models


class NominalCharField(models.CharField[Any, Any]):
    """A text that names a person or firm."""

    nominal = True


class NominalTextField(models.TextField[Any, Any]):
    """A longer text that may name persons or firms."""

    nominal = True
