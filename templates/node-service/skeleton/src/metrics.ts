const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  labels: string;
  count: number;
  seconds: number;
  buckets: number[];
}

/** Requests by route and status, in the text format of Prometheus. */
export class Metrics {
  readonly #series = new Map<string, Series>();

  /** @param route - one of few: a path with ids in it would be a series of its own */
  observe(method: string, route: string, status: number, seconds: number): void {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    const series = this.#series.get(labels) ?? {
      labels,
      count: 0,
      seconds: 0,
      buckets: BUCKETS.map(() => 0),
    };
    this.#series.set(labels, series);
    series.count += 1;
    series.seconds += seconds;
    BUCKETS.forEach((limit, index) => {
      if (seconds <= limit) {
        series.buckets[index] = (series.buckets[index] ?? 0) + 1;
      }
    });
  }

  text(): string {
    const name = 'http_request_duration_seconds';
    const lines = [
      `# HELP ${name} Time to answer a request.`,
      `# TYPE ${name} histogram`,
    ];
    for (const { labels, count, seconds, buckets } of this.#series.values()) {
      buckets.forEach((below, index) =>
        lines.push(`${name}_bucket{${labels},le="${BUCKETS[index]}"} ${below}`),
      );
      lines.push(`${name}_bucket{${labels},le="+Inf"} ${count}`);
      lines.push(`${name}_sum{${labels}} ${seconds}`);
      lines.push(`${name}_count{${labels}} ${count}`);
    }
    lines.push(
      '# HELP process_resident_memory_bytes Memory of the process.',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      '# HELP process_uptime_seconds Time since the start.',
      '# TYPE process_uptime_seconds gauge',
      `process_uptime_seconds ${process.uptime()}`,
    );
    return `${lines.join('\n')}\n`;
  }
}
