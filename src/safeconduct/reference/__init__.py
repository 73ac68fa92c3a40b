"""Outside data with a birth certificate: kept, dated, hashed, and refused once damaged.

The catalogue keeps each data set in the form it came in and in the form that programs read. It
knows no kind of data: an importer builds and an engine reads, each in its own room. Nothing here
opens a socket, looks at the clock or draws randomness.
"""
