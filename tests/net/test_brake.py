from __future__ import annotations

from enrich.net.brake import Brake


def test_a_host_that_never_complains_is_not_slowed_down() -> None:
    brake = Brake()
    brake.ease()

    assert brake.spacing_s == 0.0


def test_each_complaint_doubles_the_spacing_up_to_a_limit() -> None:
    brake = Brake()
    spacings = []
    for second in range(12):
        brake.press(began=second, now=second + 0.5)
        spacings.append(brake.spacing_s)

    assert spacings[:4] == [0.1, 0.2, 0.4, 0.8]
    assert spacings[-1] == 10.0


def test_complaints_of_one_burst_count_once() -> None:
    brake = Brake()
    for _ in range(8):
        brake.press(began=1.0, now=2.0)

    assert brake.spacing_s == 0.1


def test_answers_ease_it_off_until_it_is_gone() -> None:
    brake = Brake()
    brake.press(began=0.0, now=1.0)
    brake.ease()
    once = brake.spacing_s
    for _ in range(20):
        brake.ease()

    assert 0.0 < once < 0.1
    assert brake.spacing_s == 0.0
