"""The decision to charge: queries and answers, the stages of a file, and how long each takes."""
