"""What the downloads of each platform look like: one module a platform, `entry` for what they have in common."""
