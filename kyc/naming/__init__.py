"""Names read and compared: the matcher, pure, and the index that finds candidates."""
