"""From an article to draft claims: what its sentences say about range, with the exact words and where they stand."""
