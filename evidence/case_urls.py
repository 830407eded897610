"""Home and the case page: they read across apps, but their names belong to casework.

`casework.urls` includes this list by its name, so that `casework` imports nothing from here.
"""

from django.urls import path

from evidence.views import case, home, scan

urlpatterns = [
    path("", home.home, name="home"),
    path("scan/", scan.scan, name="scan"),
    path("cases/<str:reference>/", case.case, name="case"),
]
