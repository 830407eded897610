"""A register of seizures imported from a spreadsheet."""
