"""The ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")

application = get_asgi_application()

from casework import background  # noqa: E402  # its jobs are known once the apps are loaded

background.begin()
