"""Turn what students handed in, as instructors have it, into submissions; every byte of it is taken for hostile."""
