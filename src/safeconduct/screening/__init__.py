"""A person → candidates on watchlists → matches, with explanations. Nothing here decides."""
