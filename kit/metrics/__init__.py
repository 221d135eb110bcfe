"""What the gateway measures of itself, and the plain HTTP pages that show it."""

from kit.metrics.loop_lag import measure_loop_lag
from kit.metrics.metrics import Code, Metrics
from kit.metrics.pages import health_page, metrics_page

__all__ = ["Code", "Metrics", "health_page", "measure_loop_lag", "metrics_page"]
