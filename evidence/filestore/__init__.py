"""Bytes of files: received, looked into behind walls, served, checked, and where they came from."""
