"""Dates as text."""
