"""Draw what sources say about reach, and where they disagree."""
