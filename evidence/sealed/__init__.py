"""What opens hostile bytes: run in a process of its own that can do nothing else.

No Django, no database, no environment. `evidence.restricted` starts it; nothing imports it.
"""
