"""Red flags of a case: judged for a reader, ticked and dismissed by people."""
