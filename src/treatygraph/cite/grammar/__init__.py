"""The grammar of references: each module takes a line and a word, and reads one kind of reference there, or none."""
