"""Order, overlap, travel: what can and cannot all hold in time and place.

It lays the claims of a case out in time (UTC) and place, and answers questions about them with
the claims that each answer comes from. It does not say which statement is false, and it makes no
findings: `checks` does.
"""
