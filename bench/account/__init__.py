"""`make bench-account`: the engine of accounts on true and false journeys, beside solvers."""
