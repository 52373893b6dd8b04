"""Values, errors and the Store protocol: the words all other packages speak. Imports nothing of ours."""
