"""Loaders: how outside material becomes graph deltas, one step per module."""
