"""How well a party is known: facts, checklists, decisions, owners, merging."""
