"""Who did what to which case: reads and exports included, one chain for the whole house."""
