"""From file to live index."""
