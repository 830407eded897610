"""Watch lists in versions, screening against them, and the feed to carriers."""
