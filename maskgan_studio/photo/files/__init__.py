"""Photographs and pictures as files: decoding, colour, metadata, saving."""
