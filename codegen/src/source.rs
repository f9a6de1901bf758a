//! An input as text, and the way back from a place in it to a line.
