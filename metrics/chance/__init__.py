"""What may come of the pending requests, the costs and the delays: laws, their exact sums, and draws that compare scenarios."""
