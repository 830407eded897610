"""Takes places and words out of papers and pictures for good, and checks its own work. Pure."""
