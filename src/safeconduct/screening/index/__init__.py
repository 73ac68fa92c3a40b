"""The index of a watchlist: one file, built once, mapped into memory, shared by processes."""
