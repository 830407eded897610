"""What is due in a case and by when: deadlines, warrants and orders, assistance asked of others."""
