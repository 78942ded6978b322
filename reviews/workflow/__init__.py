"""The verbs of reviews. Each goes through the one door, `reviews.workflow.door.reviewing`."""
