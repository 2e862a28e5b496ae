"""From an answer to what a template shows."""
