"""What people read: tables and explanations made from reports, and from nothing else."""
