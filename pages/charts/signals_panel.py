"""One pair of axes of a control chart: line and diamonds, mean and limits base by base, notes by number, the target's dots."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pages.charts.bases import Sheet, last_base, reach
from pages.charts.marks import gap_blocks, gap_words, target_shapes
from pages.charts.palette import Palette, faded
from pages.charts.points import Mark, Point
from pages.charts.template import month_ticks, nice_ticks

AIR = timedelta(days=16)
LINE = 0.075  # of the height: what a line of words takes
MOST_NAMES = 2


@dataclass(frozen=True)
class Panel:
    """One pair of axes of the figure."""

    sheet: Sheet
    colours: Palette
    lang: str
    tick_words: Callable[[float], str]
    narrow: bool
    number: int
    is_zoom: bool

    @property
    def suffix(self) -> str:
        return "" if self.number == 1 else str(self.number)

    @property
    def at(self) -> dict[str, str]:
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}

    @property
    def refs(self) -> dict[str, str]:
        return {"xref": f"x{self.suffix}", "yref": f"y{self.suffix}"}

    def axes(self, bare: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        low, high = reach(self.sheet, from_zero=not self.is_zoom)
        ticks = nice_ticks(low, high, 4 if self.narrow else 5)
        days = [dot.day for dot in self.sheet.dots]
        places, words = month_ticks(days, self.lang, 5 if self.narrow or self.is_zoom else 10)
        ends = [(days[0] - AIR).isoformat(), (days[-1] + AIR).isoformat()]
        x = bare["xaxis"] | {"type": "date", "tickvals": places, "ticktext": words, "range": ends}
        y = bare["yaxis"] | {
            "tickvals": ticks,
            "ticktext": [self.tick_words(t) for t in ticks],
            "range": [ticks[0], ticks[-1]],
        }
        return x, y

    def traces(self) -> list[dict[str, Any]]:
        dots, noise, quiet = self.sheet.dots, self.colours.ink, "rgba(0,0,0,0)"
        few = len(dots) <= 40
        found = [
            {
                **self.at,
                "type": "scatter",
                "mode": "lines+markers",
                "x": [dot.day.isoformat() for dot in dots],
                "y": [dot.value for dot in dots],
                "connectgaps": False,
                "line": {"color": noise, "width": 2},
                "marker": {
                    "color": [
                        colour_of(d.meaning, self.colours) if d.meaning else noise if few else quiet
                        for d in dots
                    ],
                    "symbol": ["diamond" if dot.meaning else "circle" for dot in dots],
                    "size": 9 if any(dot.meaning for dot in dots) else 7.5,
                    "opacity": 1,
                },
                "customdata": [f"{d.words}, {d.signal}" if d.signal else d.words for d in dots],
                "hovertemplate": "%{customdata}<extra></extra>",
                "cliponaxis": False,
            }
        ]
        if any(dot.target is not None for dot in dots):
            found.append(
                {
                    **self.at,
                    "type": "scatter",
                    "mode": "lines",
                    "x": [dot.day.isoformat() for dot in dots],
                    "y": [dot.target for dot in dots],
                    "line": {"color": self.colours.accent, "width": 1.5, "dash": "dot", "shape": "hv"},
                    "hoverinfo": "skip",
                }
            )
        return found

    def shapes(self) -> list[dict[str, Any]]:
        gaps = [Point(dot.day, dot.value, dot.words, note=dot.why) for dot in self.sheet.dots]
        found = [
            block | {"xref": self.refs["xref"], "yref": "paper"} for block in gap_blocks(gaps, self.colours)
        ]
        if self.sheet.band:
            low, high = self.sheet.band
            (block,) = target_shapes(Mark(low, "", top=high), self.colours)
            found.append(block | {"xref": f"{self.refs['xref']} domain", "yref": self.refs["yref"]})
        for base in self.sheet.bases:
            ends = {
                "type": "line",
                **self.refs,
                "x0": (base.start - AIR / 2).isoformat(),
                "x1": (base.end + AIR / 2).isoformat(),
            }
            found.append(
                ends | {"y0": base.mean, "y1": base.mean, "line": {"color": self.colours.ink2, "width": 1}}
            )
            for limit in (base.lower, base.upper):
                if limit is not None:
                    line = {"color": self.colours.ink2, "width": 1.5, "dash": "4px"}
                    found.append(ends | {"y0": limit, "y1": limit, "line": line})
        for day, _ in self.sheet.cuts:
            when = (day - AIR).isoformat()
            line = {"color": self.colours.ink, "width": 1}
            found.append(
                {
                    "type": "line",
                    "xref": self.refs["xref"],
                    "yref": "paper",
                    "x0": when,
                    "x1": when,
                    "y0": 0,
                    "y1": 1,
                    "line": line,
                }
            )
        return found

    def words(self) -> list[dict[str, Any]]:
        """Every word on the panel; the first of two panels leaves the names of the lines to the second."""
        is_first = (
            self.number == 1 and not self.narrow and not self.is_zoom and last_base(self.sheet) is not None
        )
        gaps = [Point(dot.day, dot.value, dot.words, note=dot.why) for dot in self.sheet.dots]
        said = [words | {"xref": self.refs["xref"]} for words in gap_words(gaps, self.colours, self.narrow)]
        return [*said, *([] if is_first else self._names()), *self._cuts(), *self._points()]

    def _names(self) -> list[dict[str, Any]]:
        """The names of the lines in force and of the target: beside the panel, apart; on a telephone over their start."""
        base = self.sheet.bases[-1] if self.sheet.bases else None
        aimed = [dot for dot in self.sheet.dots if dot.target is not None]
        aim = aimed[-1].target if aimed else sum(self.sheet.band) / 2 if self.sheet.band else None
        named = [(aim, self.sheet.target_words, self.colours.accent)]
        if base is not None:
            lines = [(base.upper, base.upper_words), (base.lower, base.lower_words)]
            lines += [] if self.narrow else [(base.mean, base.mean_words)]
            named += [(value, words, self.colours.ink2) for value, words in lines]
        told = [(value, words, colour) for value, words, colour in named if value is not None and words]
        first = base.start if base else self.sheet.dots[0].day
        side: dict[str, Any] = {"x": first.isoformat(), "xanchor": "left", "yanchor": "bottom"}
        if not self.narrow:
            last = self.sheet.dots[-1].day
            side = {"x": (last + AIR).isoformat(), "xanchor": "left", "xshift": 6, "yanchor": "middle"}
        places = (
            [value for value, _, _ in told] if self.narrow else self._apart([value for value, _, _ in told])
        )
        return [
            {
                **self.refs,
                **side,
                "y": y,
                "text": words,
                "showarrow": False,
                "font": {"size": 13, "color": colour},
            }
            for y, (_, words, colour) in zip(places, told, strict=True)
        ]

    def _apart(self, values: Sequence[float]) -> list[float]:
        """Where names stand so that none covers another: each at its value, or just over the one below."""
        low, high = reach(self.sheet, from_zero=not self.is_zoom)
        step, below, found = LINE * (high - low), float("-inf"), list(values)
        for place in sorted(range(len(found)), key=lambda i: found[i]):
            found[place] = below = max(found[place], below + step)
        return found

    def _cuts(self) -> list[dict[str, Any]]:
        if self.narrow:
            return []
        common = {
            "xref": self.refs["xref"],
            "yref": "paper",
            "y": 1,
            "yanchor": "top",
            "showarrow": False,
            "align": "left",
        }
        last = self.sheet.dots[-1].day if self.sheet.dots else date.max
        found = []
        for day, words in self.sheet.cuts:
            is_late = (last - day).days < 0.3 * max((last - self.sheet.dots[0].day).days, 1)
            side = {"xanchor": "right", "xshift": -6} if is_late else {"xanchor": "left", "xshift": 6}
            found.append(
                common
                | side
                | {
                    "x": (day - AIR).isoformat(),
                    "text": words,
                    "font": {"size": 13, "color": self.colours.ink},
                }
            )
        return found

    def _points(self) -> list[dict[str, Any]]:
        """The number of each note, the name of the last signals where they end, the last value."""
        dots = self.sheet.dots
        known = [i for i, dot in enumerate(dots) if dot.value is not None]
        named = set() if self.narrow else self._named()
        found = []
        for i in known:
            text = f"<b>{dots[i].words}</b>" if i == known[-1] else ""
            text = ", ".join(part for part in (text, dots[i].signal if i in named else "") if part)
            marks = " ".join(part for part in (text, f"({dots[i].notes})" if dots[i].notes else "") if part)
            if marks:
                found.append(self._word(i, marks))
        return found

    def _named(self) -> set[int]:
        """The points that bear their signal's name: where it ends, the last ones, far enough from one another."""
        dots = self.sheet.dots
        ends = [
            i
            for i, dot in enumerate(dots)
            if dot.signal and (i == len(dots) - 1 or dots[i + 1].signal != dot.signal)
        ]
        chosen: list[int] = []
        for place in reversed(ends):
            if len(chosen) < MOST_NAMES and all(other - place >= max(len(dots) // 4, 4) for other in chosen):
                chosen.append(place)
        return set(chosen)

    def _word(self, i: int, text: str) -> dict[str, Any]:
        dots = self.sheet.dots
        value, before = (
            dots[i].value or 0.0,
            next((d.value for d in reversed(dots[:i]) if d.value is not None), None),
        )
        low, high = reach(self.sheet, from_zero=not self.is_zoom)
        is_high = before is None or value >= before or value - low < 0.1 * (high - low)  # never into the axis
        at_end, at_start = i > 0.7 * len(dots), i < 0.2 * len(dots)
        return {
            **self.refs,
            "x": dots[i].day.isoformat(),
            "y": value,
            "text": text,
            "showarrow": False,
            "xanchor": "right" if at_end and len(text) > 12 else "left" if at_start else "center",
            "yanchor": "bottom" if is_high else "top",
            "yshift": 7 if is_high else -7,
            "font": {"size": 14, "color": self.colours.ink},
            "bgcolor": faded(self.colours.paper, 0.8),  # a line behind the word does not cross it
            "borderpad": 0,
        }


def colour_of(meaning: str, colours: Palette) -> str:
    """Return the colour of a signal by what it means; one that nobody judges has the accent."""
    return {"improvement": colours.on_target, "concern": colours.off_target}.get(meaning, colours.accent)
