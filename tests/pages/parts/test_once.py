"""Many who ask the same at once get one computation; other questions go on meanwhile; a failure is not kept."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from pages.parts.once import kept


def test_a_question_asked_by_many_at_once_is_computed_once() -> None:
    asked: list[int] = []
    go = Event()

    @kept(maxsize=8)
    def slow(number: int) -> int:
        asked.append(number)
        go.wait(5)
        return number * 2

    with ThreadPoolExecutor(8) as people:
        waiting = [people.submit(slow, 3) for _ in range(6)]
        other = people.submit(slow, 4)
        go.set()
        assert [one.result() for one in waiting] == [6] * 6 and other.result() == 8
    assert sorted(asked) == [3, 4]


def test_different_questions_do_not_wait_for_each_other() -> None:
    both = Barrier(2, timeout=5)

    @kept(maxsize=8)
    def met(number: int) -> int:
        both.wait()  # breaks unless two are inside at the same time
        return number

    with ThreadPoolExecutor(2) as people:
        assert list(people.map(met, (1, 2))) == [1, 2]


def test_a_failure_is_asked_again() -> None:
    tries: list[int] = []

    @kept(maxsize=8)
    def shaky(number: int) -> int:
        tries.append(number)
        if len(tries) == 1:
            raise ValueError
        return number

    with pytest.raises(ValueError):
        shaky(1)
    assert shaky(1) == shaky(1) == 1 and tries == [1, 1]
