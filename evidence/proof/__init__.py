"""Points to prove: the matrix of elements and evidence, its entries, what it lacks."""
