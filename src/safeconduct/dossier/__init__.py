"""Findings → what people and programs read: JSON, a terminal summary, an HTML report.

It composes and renders; it checks nothing and adds no judgement.
"""
