"""The consignment: bills and entries in versions, seals along the way, weights."""
