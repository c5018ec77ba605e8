"""PowerPoint slides, from their XML."""
