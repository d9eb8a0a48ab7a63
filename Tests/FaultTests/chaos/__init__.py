"""A deployment under load, faults that are put into it, and the judgement whether it kept what it had called saved."""
