"""A law on a grid, and how it comes from its characteristic function: a Fourier series, by FFT on the whole grid or at one point."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics.chance.laws import Complex
from metrics.increments import Array

TOLERANCE = 1e-10  # a characteristic function below it has vanished
FIRST, MOST = 64, 4096  # frequencies looked at
POINTS = 8192  # steps of the grid
SAME = 1e-9  # relative: two numbers as one


@dataclass(frozen=True, eq=False)
class Law:
    """A law on a grid: the chance ``below`` of a value up to each point of ``at``; ``error`` bounds a quantile's."""

    at: Array
    below: Array
    mean: float
    sd: float
    error: float

    def under(self, value: float) -> float:
        """Return the chance of a value up to ``value``."""
        return float(np.interp(value, self.at, self.below, left=0.0, right=1.0))

    def reached(self, value: float) -> float:
        """Return the chance of at least ``value``: a point mass there counts, whatever the last digit of either."""
        return 1.0 - self.under(value - SAME * max(abs(value), 1e-9))

    def quantile(self, level: float) -> float:
        """Return the smallest value that is not passed with a chance ``level``."""
        place = int(np.searchsorted(self.below, level - 1e-12))
        if place == 0 or place >= len(self.at):
            return float(self.at[min(place, len(self.at) - 1)])
        low, high = self.below[place - 1], self.below[place]
        share = (level - low) / (high - low) if high > low else 1.0
        return float(self.at[place - 1] + share * (self.at[place] - self.at[place - 1]))


def series(
    wave: Callable[[Array], Complex], period: float, most: int = MOST, vanished: float = TOLERANCE
) -> Complex:
    """Return the characteristic function at 2πk/period, k = 1, 2, … until it has vanished, ``most`` at most."""
    parts: list[Complex] = []
    start, size = 1, FIRST
    while start <= most:
        ks = np.arange(start, min(start + size, most + 1), dtype=np.float64)
        parts.append(wave(2 * np.pi * ks / period))
        if np.abs(parts[-1][-FIRST // 4 :]).max() < vanished:
            break
        start, size = start + size, start + size - 1
    return np.concatenate(parts)


def on_grid(waves: Complex, mass: float, points: int = POINTS) -> Array:
    """Return the distribution function on 0, T/points, … T of a law on [0, T] of total ``mass``, from its ``series``.

    F(x) = mass·x/T + Σ Re(2·conj(φ_k)·(exp(2πi·k·x/T) - 1) / (2πi·k)): one FFT.
    """
    points = max(points, 2 * len(waves) + 2)
    spectrum = np.zeros(points // 2 + 1, dtype=np.complex128)
    ks = np.arange(1, len(waves) + 1)
    spectrum[1 : len(waves) + 1] = np.conj(waves) / (2j * np.pi * ks)
    wiggle = np.fft.irfft(spectrum, points) * points
    wiggle = np.append(wiggle, wiggle[0]) - wiggle[0]
    return np.asarray(np.linspace(0, mass, points + 1) + wiggle)


def at_point(waves: Complex, mass: float, period: float, start: float, point: float) -> float:
    """Return the distribution function at one point of a law on [start, start + period] of total ``mass``."""
    ks = np.arange(1, len(waves) + 1)
    turn = 2j * np.pi * ks / period
    terms = np.conj(waves) * (np.exp(turn * point) - np.exp(turn * start)) / (2j * np.pi * ks)
    return float(mass * (point - start) / period + 2 * terms.real.sum())


def rising(below: Array) -> Array:
    """Return a distribution function without the wiggle that a cut series leaves: rising, within 0 to 1."""
    return np.asarray(np.maximum.accumulate(np.clip(below, 0.0, 1.0)))
