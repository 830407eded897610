"""What opens hostile bytes: run in a process of its own that can do nothing else.

No Django, no database, no environment. `evidence.filestore.restricted` starts it, and nothing
imports it.
"""
