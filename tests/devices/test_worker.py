"""A device's thread begins once and has ended when stop returns."""

from kiosk.devices.worker import Worker


def test_stop_waits_until_the_work_has_ended() -> None:
    done = []
    worker = Worker("test")

    def work() -> None:
        while not worker.over:
            worker.wait(60)
        done.append("ended")

    worker.start(work)
    worker.stop()
    assert done == ["ended"]


def test_a_device_that_was_never_started_can_be_stopped() -> None:
    worker = Worker("test")
    worker.stop()
    assert worker.over
