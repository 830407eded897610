"""Tags that pages of other apps show the search's own words with."""
