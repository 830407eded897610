"""Days in court: hearings, who appeared, what each needs, summonses, the calendar, what stalls."""
