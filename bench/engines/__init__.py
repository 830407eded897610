"""What the bench of search fills and asks: the documents, the engines, and their peers."""
