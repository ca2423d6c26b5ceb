"""Files that other programs take, one module a format, each made from reports alone."""
