"""The exhibit store: places, checks by scanning, the stock, labels and scales."""
