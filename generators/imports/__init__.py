"""Cards that people bring along from other programs."""
