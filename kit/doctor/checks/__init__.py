"""One module for each check; each is a function from the scene to findings, on top of functions of plain facts."""
