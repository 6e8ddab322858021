"""The pages and the API: read the input, call one engine function, show the answer."""
