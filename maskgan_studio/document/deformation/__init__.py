"""Deformations of the face: displacement fields that move mask and photo alike, and the sliders behind them."""
