"""Draws of the outcomes alone, for what has no exact law: one uniform a request tells both its decision and its part.

Delays are integrated out (an answer comes in time with a known chance), the projects' costs are drawn together from the law of
their sum, numbers are single precision in blocks that stay in the processor's cache, sums are products of matrices.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from metrics.chance import laws
from metrics.chance.costs import own_cost
from metrics.chance.model import Model
from metrics.chance.simulate import SEED, uniforms
from metrics.increments import Array

Single = NDArray[np.float32]
BLOCK, TOGETHER = 2048, 32  # draws and requests of a block: its product stays on the thread that asks for it
THREADS = 2
CELLS = 4096  # that a part's law is cut in: its mean is exact, its spread to a millionth
AWARDS = 4  # sums told of a draw: all awards, those that the leverage counts, those of projects of known cost, new own funds


@dataclass(frozen=True, eq=False)
class Packed:
    """The requests in single precision, by project: their laws, what each adds to the sums, where each project begins."""

    stream: tuple[int, ...]
    scale: Single
    kind: NDArray[np.int64]
    parts: Single
    amount: Single
    own: Single
    starts: NDArray[np.int64]
    chance: NDArray[np.int64]


def outcomes(model: Model, draws: int = 10_000, seed: int = SEED) -> dict[str, Array]:
    """Return draws of each outcome; the same seed gives the same requests the same draws under any scenario."""
    sums = awards(model, draws, seed)
    fixed, unit = model.capacity or (np.nan, np.nan)
    found = {"raised": model.raised + sums[0], "capacity": fixed + sums[0] / unit}
    if model.own > 0:
        found["leverage"] = (model.partner + sums[1]) / (model.own + sums[3])
    if model.projects.is_known.any():
        found["own_cost"] = _costs(model, draws, seed) - sums[2]
    return {one: found[one] for one in model.outcomes}


def _costs(model: Model, draws: int, seed: int) -> Array:
    """Return draws of what the projects cost the town before the awards to come, from the law of the sum."""
    law = own_cost(model, with_awards=False)
    if law is None:
        known = model.projects.is_known
        paid = model.projects.cost * model.assumed["cost_overrun"].centre - model.projects.granted
        return np.full(draws, float((paid - model.projects.to_come)[known].sum()))
    rising = np.concatenate([[True], np.diff(law.below) > 0])
    return np.interp(spread(uniforms(seed, "cost", draws)), law.below[rising], law.at[rising])


def spread(uniform: Array) -> Array:
    """Return uniforms that stand one in each of as many equal steps, in the order given: a shared draw wavers less."""
    order = np.argsort(np.argsort(uniform))
    return np.asarray((order + 0.5) / len(uniform))


def awards(model: Model, draws: int, seed: int) -> Array:
    """Return 4 x draws: see ``AWARDS``."""
    lines, total = model.lines, np.zeros((AWARDS, draws))
    pairs = sorted({*zip(lines.law.tolist(), lines.draw.tolist(), strict=True)})
    if model.shared == "none":
        mean = [wins / (wins + losses) for wins, losses in model.success]
        chances = np.array([[mean[law]] for law, _ in pairs], dtype=np.float32)
        chances = np.repeat(chances, draws, axis=1)
    else:
        shared = [spread(uniforms(seed, f"success {name}", draws)) for name in model.draws]
        chances = np.array(
            [laws.beta_quantile(model.success[law], shared[draw]) for law, draw in pairs], dtype=np.float32
        )
    with np.errstate(divide="ignore"):
        chances = np.minimum(1 / chances, np.float32(1e30))
    packs = list(_packed(model, pairs)) if pairs else []
    cuts = np.linspace(0, draws, THREADS + 1).astype(int)
    with ThreadPoolExecutor(THREADS) as pool:
        parts = [
            pool.submit(_half, packs, chances[:, start:end], total[:, start:end], seed, place)
            for place, (start, end) in enumerate(pairwise(cuts))
        ]
        for part in parts:
            part.result()
    return total


def _packed(model: Model, pairs: list[tuple[int, int]]) -> Iterator[Packed]:
    """Yield the requests in packs of whole projects."""
    lines, projects = model.lines, model.projects
    order = np.argsort(lines.project, kind="stable")
    bounds = [*np.flatnonzero(np.diff(lines.project[order], prepend=-1)), len(order)]
    place_of = {pair: place for place, pair in enumerate(pairs)}
    corners = np.column_stack([lines.low, lines.usual, lines.high])
    kinds, kind = np.unique(corners, axis=0, return_inverse=True)
    parts, kind = np.stack([_parts(*corner) for corner in kinds]), kind.ravel()
    begin = 0
    while begin < len(bounds) - 1:
        end = begin + 1
        while end < len(bounds) - 1 and bounds[end + 1] - bounds[begin] <= TOGETHER:
            end += 1
        own = order[bounds[begin] : bounds[end]]
        project = lines.project[own]
        is_counted = np.stack(
            [np.ones(len(own)), ~np.isnan(projects.own[project]), projects.is_known[project]]
        )
        firsts = np.array(bounds[begin:end]) - bounds[begin]
        brings = np.where(projects.has_plan, 0.0, np.nan_to_num(projects.own))[project[firsts]]
        yield Packed(
            tuple(crc32(lines.id[place].encode("utf-8")) for place in own),
            (CELLS / np.maximum(lines.arrives[own], 1e-12)).astype(np.float32)[:, None],
            kind[own][:, None] * (CELLS + 1),
            parts,
            (is_counted * lines.amount[own]).astype(np.float32),
            brings.astype(np.float32),
            firsts,
            np.array([place_of[int(lines.law[place]), int(lines.draw[place])] for place in own]),
        )
        begin = end


def _half(packs: list[Packed], chances: Single, total: Array, seed: int, place: int) -> None:
    """Add one thread's draws to ``total``."""
    for pack in packs:
        streams = [np.random.Generator(np.random.SFC64([seed, place, name])) for name in pack.stream]
        drawn = np.empty((len(streams), BLOCK), dtype=np.float32)
        for start in range(0, total.shape[1], BLOCK):
            size = min(BLOCK, total.shape[1] - start)
            for row, stream in zip(drawn, streams, strict=True):
                stream.random(size, dtype=np.float32, out=row[:size])
            _block(pack, drawn[:, :size], chances[:, start : start + size], total[:, start : start + size])


def _block(pack: Packed, drawn: Single, chances: Single, total: Array) -> None:
    """Add a block of draws: a request is won where its uniform falls under its chance, and how far under tells its part."""
    drawn *= (chances[pack.chance] if len(chances) > 1 else chances) * pack.scale
    place = np.minimum(drawn, np.float32(CELLS)).astype(np.intp)
    is_won = place < CELLS
    if len(pack.parts) > 1:
        place += pack.kind
    total[:3] += pack.amount @ pack.parts.ravel().take(place)
    if len(pack.starts) < len(drawn):
        is_won = np.logical_or.reduceat(is_won, pack.starts, axis=0)
    total[3] += np.einsum("i,ij->j", pack.own, is_won.astype(np.float32))


def _parts(low: float, usual: float, high: float) -> Single:
    """Return a triangular law cut in ``CELLS`` of equal chance, each by its mean, and 0 after them: a request refused."""
    fine = laws.triangular((np.arange(16 * CELLS) + 0.5) / (16 * CELLS), *np.array([low, usual, high]))
    return np.append(fine.reshape(CELLS, 16).mean(axis=1), 0.0).astype(np.float32)
