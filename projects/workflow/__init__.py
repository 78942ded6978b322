"""What happens to a design: `editing` is the one door for writes, the verbs have modules of their own."""
