"""Readers of the lists that others publish: bytes in, entries out, or the line that is wrong.

Pure: no Django, no disk, no database. A reader yields entries one by one and keeps none of them.
"""
