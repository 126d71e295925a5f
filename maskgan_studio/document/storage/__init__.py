"""Documents on the disk: OpenRaster projects, coloured PNGs, autosave."""
