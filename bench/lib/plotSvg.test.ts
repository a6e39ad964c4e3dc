import { expect, test } from 'vitest';
import { plotSvg } from './plotSvg';

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);

test('orders points by value on linear and logarithmic axes', () => {
  for (const log of [false, true]) {
    const svg = plotSvg({
      title: 'Searching',
      x: { label: 'samples', log },
      y: { label: 'ms', log },
      series: [
        {
          name: 'ours',
          points: [
            [1_000, 1],
            [10_000, 10],
            [100_000, 100],
          ],
        },
      ],
    });
    const points = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(points).toHaveLength(3);
    expect(points.map(([x]) => x)).toEqual(points.map(([x]) => x).toSorted((a = 0, b = 0) => a - b));
    expect(points.map(([, y]) => y)).toEqual(points.map(([, y]) => y).toSorted((a = 0, b = 0) => b - a));
    expect(texts(svg)).toEqual(expect.arrayContaining(['Searching', 'samples', 'ms', 'ours', '100,000']));
  }
});
