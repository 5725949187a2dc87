from retake_desktop.ui.playback.course import Course, Step


def given(course: Course, due: Step, batches: int) -> list[int]:
    return [step.index for _ in range(batches) for step in course.next_batch(due)]


def test_forwards_it_gives_every_frame_and_ends_after_the_last() -> None:
    course = Course(0, 6, 2, backwards=False, looped=False)
    assert given(course, Step(0, 2), 10) == [2, 3, 4, 5]


def test_a_loop_begins_again_in_the_next_lap() -> None:
    course = Course(3, 6, 4, backwards=False, looped=True)
    steps = [course.next_batch(Step(0, 4))[0] for _ in range(6)]
    assert steps == [Step(0, 4), Step(0, 5), Step(1, 3), Step(1, 4), Step(1, 5), Step(2, 3)]


def test_when_decoding_is_late_it_skips_ahead_of_the_clock_and_then_evenly() -> None:
    course = Course(0, 1000, 0, backwards=False, looped=False)
    course.next_batch(Step(0, 0))
    first = course.next_batch(Step(0, 5))[0].index
    assert first > 5
    following = given(course, Step(0, first), 5)
    assert {later - earlier for earlier, later in zip([first, *following], following, strict=False)} == {2}


def test_it_skips_less_again_when_there_is_time() -> None:
    course = Course(0, 1000, 0, backwards=False, looped=False)
    course.next_batch(Step(0, 0))
    course.next_batch(Step(0, 5))
    assert course.stride == 2
    for _ in range(12):
        course.had_to_wait()
    assert course.stride == 1


def test_each_time_that_was_too_soon_it_waits_longer() -> None:
    course = Course(0, 1000, 0, backwards=False, looped=False)
    waits = []
    for due in (5, 50, 100):
        course.next_batch(Step(0, 0))
        course.next_batch(Step(0, due))
        waits.append(0)
        while course.stride > 1:
            course.had_to_wait()
            waits[-1] += 1
    assert waits == [12, 24, 48]


def test_it_never_skips_less_than_the_speed_asks_for() -> None:
    course = Course(0, 1000, 0, backwards=False, looped=False, stride=2)
    for _ in range(200):
        course.had_to_wait()
    assert course.stride == 2


def test_the_very_last_frame_is_shown_even_when_skipping_would_pass_it() -> None:
    course = Course(0, 8, 0, backwards=False, looped=False, stride=3)
    assert given(course, Step(0, 0), 9) == [0, 3, 6, 7]


def test_backwards_it_gives_chunks_in_the_order_of_showing() -> None:
    course = Course(0, 10, 7, backwards=True, looped=False, chunk=3)
    assert [step.index for step in course.next_batch(Step(0, 7))] == [7, 6, 5]
    assert [step.index for step in course.next_batch(Step(0, 7))] == [4, 3, 2]
    assert given(course, Step(0, 7), 5) == [1, 0]
