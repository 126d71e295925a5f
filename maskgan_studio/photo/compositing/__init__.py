"""How what a network drew is laid into the photo."""
