"""Watchlists as their publishers write them → entities: one short file for each format."""
