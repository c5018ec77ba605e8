"""What carries letters out of the house: e-mail and a webhook."""
