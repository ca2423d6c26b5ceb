"""Make what students receive out of a course."""
