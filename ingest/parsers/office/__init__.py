"""What Word documents and slides share."""
