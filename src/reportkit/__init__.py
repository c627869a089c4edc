"""reportkit: write, check and print mandated annual quality reports."""
