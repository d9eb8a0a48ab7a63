"""Starts the systems under comparison, makes them work, and writes down what it took."""
