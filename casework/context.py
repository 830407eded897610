"""What every page knows besides its own: kept to what the frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {"is_demonstration": settings.IS_DEMONSTRATION}
