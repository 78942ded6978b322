"""Template tags: the look of things (`interface`) and the rows of grids (`grid`)."""
