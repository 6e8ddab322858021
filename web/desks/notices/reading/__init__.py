"""Reading a notice: its document beside what was read in it, date by date, then the plan."""
