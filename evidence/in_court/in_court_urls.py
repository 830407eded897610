"""Addresses of exhibits in court and of what keeps them; part of evidence's own list."""

from django.urls import path

from evidence.exhibit_urls import EXHIBIT
from evidence.views import hold, in_court

COURT = "cases/<str:reference>/proceedings/<int:pk>/exhibits/"

urlpatterns = [
    path(EXHIBIT + "court/add/", in_court.mark_add, name="mark-add"),
    path(EXHIBIT + "court/<int:pk>/correct/", in_court.mark_correct, name="mark-correct"),
    path(EXHIBIT + "court/<int:pk>/take-back/", in_court.mark_take_back, name="mark-take-back"),
    path(EXHIBIT + "holds/add/", hold.hold_add, name="hold-add"),
    path(EXHIBIT + "holds/<int:pk>/release/", hold.hold_release, name="hold-release"),
    path(COURT, in_court.proceeding_exhibits, name="proceeding-exhibits"),
    path(COURT + "record/", in_court.proceeding_exhibits_record, name="proceeding-exhibits-record"),
]
