import { type Plot, plotSvg } from '../lib/plotSvg';
import { type Distances, rocPoints } from './roc';

/** Points drawn of each curve. */
const POINTS = 40;

/**
 * Draws detection error tradeoff curves as SVG: pairs of one person refused over strangers accepted, both logarithmic.
 * Lower and further left is better.
 */
export function detPlot(title: string, curves: Record<string, Distances>): string {
  const series = Object.entries(curves).map(([name, distances]): Plot['series'][number] => {
    const points = rocPoints(distances)
      .map(({ far, tar }): [number, number] => [far * 100, (1 - tar) * 100])
      .filter(([accepted, refused]) => accepted > 0 && refused > 0);
    const every = Math.max(1, Math.floor(points.length / POINTS));
    return { name, points: points.filter((_, i) => i % every === 0) };
  });
  return plotSvg({
    title,
    x: { label: 'strangers accepted, %', log: true },
    y: { label: 'own refused, %', log: true },
    series,
  });
}
