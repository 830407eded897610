"""The tree over custody and audit: its rows, signed heads, witnesses and time stamps."""
