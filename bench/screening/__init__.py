"""`make bench-screening`: our screening beside the field's best open matcher, in one run."""
