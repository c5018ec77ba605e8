"""What runs the jobs of the job table."""
