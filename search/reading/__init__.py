"""The words of files: which wait to be read, what was read, and why a file was not.

`evidence/sealed` reads them in the walled process; this room schedules that, stores the places of
each file, and hands them to the index and to the page.
"""

from search.reading.pages import all_of, pages_of

__all__ = ["all_of", "pages_of"]
