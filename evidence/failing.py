"""What stops a piece of background work, in words for the person who asked for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import Http404
from django.utils.translation import gettext as say

from casework.errors import DomainError, NotAllowed
from evidence.dossier.bundle import BundleError

Silent = tuple[type[Exception], ...]


@contextmanager
def told(fail: Callable[[str], None], *, silent: Silent = ()) -> Iterator[None]:
    """`fail` hears why the work stopped; what nobody foresaw goes on to the log as well.

    Nothing is said of an error of a `silent` kind: its row says it already.
    """
    failure = say("Something unexpected stopped it. The administrator finds it in the log.")
    try:
        yield
        failure = ""
    except silent:
        failure = ""
    except (DomainError, BundleError) as error:
        failure = str(error)
    except Http404:
        failure = str(NotAllowed.message)
    except OSError as error:
        failure = say("The disk refused: %(why)s.") % {"why": error.strerror or error}
    finally:
        if failure:
            fail(failure)
