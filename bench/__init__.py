"""How fast it is: every figure beside a floor that does the same work in the same run."""
