"""Three readable tables: which checks a case meets, how findings are read, which data sets exist.

`vet` runs every check of CHECKS on one case and one day and returns findings together with what
was not checked and why. Checks are pure functions; they decide nothing and add nothing up.
"""
