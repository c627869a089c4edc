"""Many submissions: found, checked and built side by side, with one result for all."""
