"""All addresses: each app's own list, and signing in."""

from django.urls import include, path

from casework import admin
from casework.views import sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="login"),
    path("sign-out/", sign_in.sign_out, name="logout"),
    path("reference/", admin.site.urls),
    path("", include("casework.urls")),
    path("", include("kyc.urls")),
    path("", include("evidence.urls")),
    path("", include("search.urls")),
]

handler500 = "casework.views.errors.server_error"
