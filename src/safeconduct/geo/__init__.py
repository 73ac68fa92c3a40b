"""Places, distances, stays and prisms; the gazetteer and the countries' shapes.

It says where a named place may be, and how far apart two places surely are. It never chooses
between towns of the same name, and knows nothing of roads, means of travel or accounts.
"""
