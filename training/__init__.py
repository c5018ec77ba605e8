"""Trains the classifiers of the safety layer from written material; no part of what runs."""
