/** What a server tells Prometheus. */
export interface Exposition {
  /** Names as `# TYPE` has them. */
  families: string[];
  /** The labels of each series' name; a histogram has three (`_bucket`, `_sum`, `_count`). */
  series: Map<string, Set<string>>;
}

/** Reads the names and labels of Prometheus' text format. */
export function readExposition(text: string): Exposition {
  const families: string[] = [];
  const series = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const family = /^# TYPE (\w+)/.exec(line)?.[1];
    if (family) families.push(family);
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    const known = series.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    series.set(name, known);
  }
  return { families, series };
}
