"""What the policies of a project say, each with what features say otherwise: the parts that its documents share."""
