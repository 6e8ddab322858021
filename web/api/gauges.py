"""The numbers of the service as Prometheus reads them."""

from collections.abc import Iterable, Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from engine.metrics import Count, Metrics

_PLAIN = (
    ("late_cases", "Cases that are late."),
    ("firings_pending", "Reminders that are yet to leave."),
    ("firings_overdue", "Reminders that should have left."),
    ("history_rows", "Rows of the history."),
)
_AGES = (
    ("heartbeat_age", "Seconds since the last heartbeat."),
    ("last_sweep_age", "Seconds since the last sweep that sent something."),
)


class Gauges(Collector):
    """One reading of all numbers."""

    def __init__(self, found: Metrics) -> None:
        self._found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every number; an age that there is not is left out."""
        yield _counted("duban_cases", "Cases by kind and state.", self._found.cases)
        yield _counted("duban_mails", "Mails by state.", self._found.messages)
        for name, about in _PLAIN:
            yield GaugeMetricFamily(f"duban_{name}", about, value=getattr(self._found, name))
        for name, about in _AGES:
            age = getattr(self._found, name)
            if age is not None:
                yield GaugeMetricFamily(f"duban_{name}_seconds", about, value=age)
        hooks = GaugeMetricFamily("duban_webhooks", "Webhooks by state.", labels=["state"])
        for state in ("live", "failing", "stopped"):
            hooks.add_metric([state], getattr(self._found, f"webhooks_{state}"))
        yield hooks


def _counted(name: str, about: str, counts: Iterable[Count]) -> GaugeMetricFamily:
    found = list(counts)
    labels = [label for label, _ in found[0].labels] if found else []
    family = GaugeMetricFamily(name, about, labels=labels)
    for one in found:
        family.add_metric([value for _, value in one.labels], one.count)
    return family
