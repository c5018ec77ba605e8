"""What every feature obeys: personal data, grounding, screening, release, flags and cases."""
