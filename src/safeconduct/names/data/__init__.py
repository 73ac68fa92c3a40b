"""The name tables that are shipped beside this file, and how they are read.

Made by `python -m scripts.build_name_data`; each file has a certificate that names its origin,
licence and hash. Nothing here compares names.
"""
