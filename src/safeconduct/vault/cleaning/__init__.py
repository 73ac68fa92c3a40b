"""Cleaned copies beside originals: what a file says of its maker and history is left out.

Only what is known to be needed for what a page shows goes into a copy. What cannot be cleaned is
refused with its reason, what stays in a copy is said. Content is never judged: a face, a signature,
a watermark, a sensor's noise or a name in the text stays.
"""
