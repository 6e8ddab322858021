"""A season in a minute: the real engine, a virtual clock, invented people who behave like people."""

from engine.simulate.checks import check_season
from engine.simulate.demo import Demo, demo
from engine.simulate.describe import describe
from engine.simulate.examples import ExampleMail
from engine.simulate.performance import simulate
from engine.simulate.run import Progress, Tick
from engine.simulate.season import RungFigures, Season

__all__ = [
    "Demo",
    "ExampleMail",
    "Progress",
    "RungFigures",
    "Season",
    "Tick",
    "check_season",
    "demo",
    "describe",
    "simulate",
]
