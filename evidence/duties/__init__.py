"""What is due, on the pages that read across: home, the case page, the timeline."""
