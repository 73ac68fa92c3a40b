"""Reading a whole vault again: what is missing, damaged or orphaned, and what stays unknown."""
