"""Policies of AWS resources."""
