"""Where sealed things lie: objects (files of any size) and rows (small, numbered, never changed).

Two small interfaces, and an implementation of each on a disk. Storage knows no key and no name.
"""
