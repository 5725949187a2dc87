"""Ruler, filmstrip, waveform and the selection with its two points."""
