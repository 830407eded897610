"""The one password of the demonstration's invented people, shown on its sign-in page.

It opens nothing elsewhere: only `load_demo` gives it to anybody.
"""

PASSWORD = "tusk-river-lantern-42"  # noqa: S105  # printed for everybody, on purpose
