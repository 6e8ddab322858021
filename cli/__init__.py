"""The command line: reads the input, calls one engine function, shows its answer."""
