"""Text to structure with spans; no meaning yet."""
