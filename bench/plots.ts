/*
 * npm run bench:plots
 *
 * Draws docs/images/performance/*.svg from the lines in bench/results/.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Plot, plotSvg } from './lib/plotSvg';
import { type Line, readResults } from './lib/readResults';

const images = join(import.meta.dirname, '../docs/images/performance');
const number = (line: Line, key: string) => Number(line[key]);

await mkdir(images, { recursive: true });
await draw('search', ['search'], ([lines = []]) => {
  const sizes = lines.filter((line) => 'plain_loop_p50_ms' in line);
  const series = (name: string, key: string) => ({
    name,
    points: sizes.map((line): [number, number] => [number(line, 'faces'), number(line, key)]),
  });
  return {
    title: 'One search, median',
    x: { label: 'samples', log: true },
    y: { label: 'ms', log: true },
    series: [series('plain loop', 'plain_loop_p50_ms'), series('Kith, exact', 'p50_ms')],
  };
});
await draw('http', ['http'], ([lines = []]) => ({
  title: 'Answers a second by connections',
  x: { label: 'connections', log: true },
  y: { label: 'a second' },
  series: ['/face/match', '/face/detect', '/face', '/faces/sync'].map((path) => ({
    name: path,
    points: lines
      .filter((line) => line.path === path && !('measured' in line) && line.faces !== 0)
      .map((line): [number, number] => [number(line, 'connections'), number(line, 'per_second')]),
  })),
}));
await draw('nodes', ['nodes'], ([lines = []]) => ({
  title: 'Matches a second by nodes of one core each, two cores in all',
  x: { label: 'nodes' },
  y: { label: 'a second' },
  series: [
    {
      name: 'nodes',
      points: lines.map((line): [number, number] => [number(line, 'nodes'), number(line, 'per_second')]),
    },
  ],
}));
await draw('soak', ['soak'], ([lines = []]) => ({
  title: 'Memory of the server over a soak',
  x: { label: 'matches' },
  y: { label: 'MB' },
  series: [
    {
      name: 'resident',
      points: lines
        .filter((line) => 'memory_mb' in line)
        .map((line): [number, number] => [number(line, 'matches'), number(line, 'memory_mb')]),
    },
  ],
}));
await draw('lists', ['lists-pglite', 'lists-postgres'], (files) => ({
  title: 'Lists of 100,000 people, slowest first, median',
  x: { label: 'list' },
  y: { label: 'ms' },
  series: ['embedded', 'PostgreSQL'].map((name, i) => ({
    name,
    points: (files[i] ?? [])
      .filter((line) => 'ratio' in line)
      .map((line) => number(line, 'p50_ms'))
      .sort((a, b) => b - a)
      .map((ms, place): [number, number] => [place + 1, ms]),
  })),
}));

async function draw(name: string, files: string[], plot: (files: Line[][]) => Plot): Promise<void> {
  const lines = await Promise.all(files.map(readResults));
  if (lines.some((file) => file === null)) return console.log(`${name}: not run yet`);
  await writeFile(join(images, `${name}.svg`), plotSvg(plot(lines as Line[][])));
}
