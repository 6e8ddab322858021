"""The command line: reads input, calls one engine function, shows the answer."""
