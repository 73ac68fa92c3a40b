"""Timeline and map of an account as SVG, by pure code, with the fonts that we ship.

It draws what the case says and what findings cite; it finds nothing itself, judges nothing and
fetches nothing. The same arguments give the same bytes.
"""
