"""What rules remember between events."""
