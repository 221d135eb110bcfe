"""One panel a file: a function from the model and the room there is to lines."""
