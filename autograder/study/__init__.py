"""What a student working alone needs to remember: what is done, what was tried, which hints were taken."""
