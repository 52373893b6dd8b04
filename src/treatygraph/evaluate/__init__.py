"""Scores extraction against gold: per kind precision, recall, F1 and wrong-target rate."""

from treatygraph.evaluate.gold import Gold, load_gold
from treatygraph.evaluate.report import render
from treatygraph.evaluate.score import Score, score, total

__all__ = ["Gold", "Score", "load_gold", "render", "score", "total"]
