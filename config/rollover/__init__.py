"""Next year's notice, worked out from this year's by its own rules; every date is a marked guess."""

from config.rollover.drafting import Rollover, later_id, roll_over
from config.rollover.moving import Guess
from config.rollover.seasons import year_of

__all__ = ["Guess", "Rollover", "later_id", "roll_over", "year_of"]
