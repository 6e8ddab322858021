"""What a command ends with."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command; ``docs/commands.md`` lists them for users."""

    OK = 0
    REFUSED = 1  # a mistake that a person can mend; nothing was changed
    ALTERED = 2  # ``history verify``: something was altered
    BLOCKED = 3  # ``do``: a case is not ready for the step; nothing was changed
    UNSURE = 3  # ``history verify``: it cannot be told
    RUNNING = 4  # another process runs this home
    FAULT = 70  # the program itself failed
    INTERRUPTED = 130  # Ctrl-C
    UNREAD = 141  # whoever read the output went away
