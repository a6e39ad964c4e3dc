import { type Distances, rocPoints } from './roc';

const WIDTH = 600;
const HEIGHT = 400;
const MARGIN = { left: 64, right: 110, top: 40, bottom: 50 };
/** Ends of both logarithmic axes, as parts. */
const ACCEPTED = { from: 1e-4, to: 1 };
const REFUSED = { from: 1e-3, to: 1 };
/** Colours that are safe for colour blindness (Okabe and Ito) and readable on light and dark pages. */
const COLOURS = ['#d55e00', '#0072b2'];

/**
 * Draws detection error tradeoff curves as SVG: the fraction of pairs of one person that is refused, over the fraction
 * of pairs of strangers that is accepted. Both axes are logarithmic. Lower and further left is better.
 */
export function detPlot(title: string, curves: Record<string, Distances>): string {
  const x = (far: number) => MARGIN.left + along(far, ACCEPTED) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (fnmr: number) => HEIGHT - MARGIN.bottom - along(fnmr, REFUSED) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const grid = [
    ...decades(ACCEPTED).map(
      (far) =>
        `<line x1="${x(far)}" x2="${x(far)}" y1="${y(REFUSED.from)}" y2="${y(REFUSED.to)}" class="g"/>` +
        `<text x="${x(far)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${percent(far)}</text>`,
    ),
    ...decades(REFUSED).map(
      (fnmr) =>
        `<line x1="${x(ACCEPTED.from)}" x2="${x(ACCEPTED.to)}" y1="${y(fnmr)}" y2="${y(fnmr)}" class="g"/>` +
        `<text x="${MARGIN.left - 8}" y="${y(fnmr) + 4}" text-anchor="end">${percent(fnmr)}</text>`,
    ),
  ];
  const lines = Object.entries(curves).map(([name, distances], i) => {
    // The curve has steps: the refused fraction stays the same until the next threshold accepts more.
    const points = rocPoints(distances);
    const steps = points
      .filter(({ tar }, step) => tar !== points[step - 1]?.tar || step === points.length - 1)
      .map(
        ({ far, tar }, step) => `${step ? 'H' : 'M'}${x(far).toFixed(1)}${step ? 'V' : ' '}${y(1 - tar).toFixed(1)}`,
      );
    const colour = COLOURS[i % COLOURS.length];
    return (
      `<path d="${steps.join('')}" stroke="${colour}"/>` +
      `<text x="${WIDTH - MARGIN.right + 12}" y="${MARGIN.top + 12 + 18 * i}" style="fill:${colour}">${name}</text>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}" font-family="sans-serif" font-size="12">
<style>.g{stroke:#8884}text{fill:#808080}path{fill:none;stroke-width:2}</style>
<text x="${MARGIN.left}" y="22" font-weight="bold">${title}</text>
${grid.join('\n')}
<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">strangers accepted</text>
<text x="16" y="${HEIGHT / 2}" transform="rotate(-90 16 ${HEIGHT / 2})" text-anchor="middle">own people refused</text>
${lines.join('\n')}
</svg>
`;
}

interface Range {
  from: number;
  to: number;
}

/** Returns the position of a value on a logarithmic axis, 0–1. Values beyond an end are moved to it. */
function along(value: number, { from, to }: Range): number {
  const clamped = Math.min(to, Math.max(from, value));
  return Math.log(clamped / from) / Math.log(to / from);
}

function decades({ from, to }: Range): number[] {
  const count = Math.round(Math.log10(to / from));
  return Array.from({ length: count + 1 }, (_, i) => from * 10 ** i);
}

const percent = (part: number) => `${Number((part * 100).toPrecision(2))} %`;
