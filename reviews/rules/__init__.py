"""What reviews say, as pure functions of facts: states, gate, roll-up, eligibility, carry-over. No Django."""
