"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")

application = get_wsgi_application()

from casework import background  # noqa: E402  # its jobs are known once the apps are loaded

background.begin()
