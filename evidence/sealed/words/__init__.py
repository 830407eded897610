"""Reads the words of a file behind the walls: a stream of places, each with its text. Pure."""
