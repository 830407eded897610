"""Addresses of the charging decision, of custody and bail, sentences and orders of courts."""

from django.urls import path

from casework.views import accused, bail, court_order, sentence, submission

CASE = "cases/<str:reference>/"
ACCUSED = CASE + "accused/<int:number>/"
CHARGE = CASE + "charges/<int:pk>/"
ORDER = CASE + "orders/<int:pk>/"
EVENT = ACCUSED + "events/<int:pk>/"
SERVED = CHARGE + "sentence/events/<int:event>/"

urlpatterns = [
    path("figures/files/", submission.submission_list, name="submission-list"),
    path(CASE + "submission/", submission.submission, name="submission"),
    path(CASE + "submission/new/", submission.submission_new, name="submission-new"),
    path(CASE + "submission/decide/", submission.submission_decide, name="submission-decide"),
    path(
        CASE + "submission/queries/<int:pk>/", submission.submission_answer,
        name="submission-answer",
    ),
    path(ACCUSED, accused.accused, name="accused"),
    path(ACCUSED + "events/new/", accused.accused_event_new, name="accused-event-new"),
    path(EVENT + "correct/", accused.accused_event_correct, name="accused-event-correct"),
    path(EVENT + "withdraw/", accused.accused_event_withdraw, name="accused-event-withdraw"),
    path(CASE + "proceedings/<int:pk>/bail/", bail.bail_new, name="bail-new"),
    path(CASE + "bail/<int:pk>/correct/", bail.bail_correct, name="bail-correct"),
    path(CHARGE + "sentence/", sentence.sentence, name="sentence"),
    path(CHARGE + "sentence/new/", sentence.sentence_new, name="sentence-new"),
    path(CHARGE + "sentence/correct/", sentence.sentence_correct, name="sentence-correct"),
    path(CHARGE + "sentence/events/", sentence.sentence_event_new, name="sentence-event-new"),
    path(SERVED + "correct/", sentence.sentence_event_correct, name="sentence-event-correct"),
    path(SERVED + "withdraw/", sentence.sentence_event_withdraw, name="sentence-event-withdraw"),
    path(
        CASE + "proceedings/<int:pk>/orders/new/", court_order.court_order_new,
        name="court-order-new",
    ),
    path(ORDER, court_order.court_order, name="court-order"),
    path(ORDER + "correct/", court_order.court_order_correct, name="court-order-correct"),
    path(ORDER + "withdraw/", court_order.court_order_withdraw, name="court-order-withdraw"),
]  # fmt: skip
