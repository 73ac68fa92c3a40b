"""What must stay secret: sealing and opening files, passphrases, and space that leaves no trace.

The only room of the core that draws the system's randomness. It does not know what it seals.
"""
