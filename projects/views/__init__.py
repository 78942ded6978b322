"""What a browser gets: each view fetches what the person may see, calls one function, renders one template."""
