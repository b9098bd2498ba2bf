"""Portfolio choice: the exact best set of projects under budgets of own funds and staff, and the rules a town sets."""
