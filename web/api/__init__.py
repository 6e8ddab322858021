"""The API, ``/api/v1``: what pages can do, for programs. Known by tokens, never by cookies."""
