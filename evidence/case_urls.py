"""Home, the case page, filing and closing read across apps; their names belong to casework.

`casework.urls` includes this list by its name, so that `casework` imports nothing from here.
"""

from django.urls import path

from evidence.views import case, charging, home, scan

TRIAL = "cases/<str:reference>/proceedings/<int:pk>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("scan/", scan.scan, name="scan"),
    path("cases/<str:reference>/", case.case, name="case"),
    path(f"{TRIAL}charge-sheet/file/", charging.charge_sheet_file, name="charge-sheet-file"),
    path(f"{TRIAL}close-prosecution/", charging.prosecution_close, name="prosecution-close"),
]
