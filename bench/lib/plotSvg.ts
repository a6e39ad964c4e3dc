/** A line plot. */
export interface Plot {
  title: string;
  x: Axis;
  y: Axis;
  series: { name: string; points: [x: number, y: number][] }[];
}

interface Axis {
  label: string;
  /** Logarithmic; else linear, from 0. */
  log?: boolean;
}

const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = { left: 64, right: 150, top: 40, bottom: 48 } as const;
/** Colours that are safe for colour blindness (Okabe and Ito) and readable on light and dark pages. */
const COLOURS = ['#d55e00', '#0072b2', '#009e73', '#cc79a7'];
const TEXT = 'fill="#808080" font-family="sans-serif" font-size="12"';

/** Draws the plot as an SVG document. Points are marked, because only they were measured. */
export function plotSvg({ title, x, y, series }: Plot): string {
  const all = series.flatMap(({ points }) => points);
  const across = scale(
    x,
    all.map(([value]) => value),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const up = scale(
    y,
    all.map(([, value]) => value),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const parts = [
    `<text x="${MARGIN.left}" y="22" ${TEXT} font-weight="bold">${title}</text>`,
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle" ${TEXT}>${x.label}</text>`,
    `<text x="14" y="${HEIGHT / 2}" transform="rotate(-90 14 ${HEIGHT / 2})" text-anchor="middle" ${TEXT}>${y.label}</text>`,
    ...across.ticks.map(
      (tick) =>
        `<text x="${across.at(tick)}" y="${HEIGHT - 30}" text-anchor="middle" ${TEXT}>${tick.toLocaleString('en')}</text>`,
    ),
    ...up.ticks.map(
      (tick) =>
        `<path d="M${MARGIN.left} ${up.at(tick)}H${WIDTH - MARGIN.right}" stroke="#808080" stroke-opacity=".3"/>` +
        `<text x="${MARGIN.left - 8}" y="${up.at(tick) + 4}" text-anchor="end" ${TEXT}>${tick.toLocaleString('en')}</text>`,
    ),
    ...series.flatMap(({ name, points }, i) => {
      const colour = COLOURS[i % COLOURS.length];
      const placed = points.map(([px, py]) => [across.at(px), up.at(py)] as const);
      return [
        `<polyline points="${placed.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...placed.map(([px, py]) => `<circle cx="${px}" cy="${py}" r="3" fill="${colour}"/>`),
        `<text x="${WIDTH - MARGIN.right + 12}" y="${MARGIN.top + 12 + 18 * i}" ${TEXT} style="fill:${colour}">${name}</text>`,
      ];
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">\n${parts.join('\n')}\n</svg>\n`;
}

function scale({ log = false }: Axis, values: number[], from: number, to: number) {
  const [low, high] = log
    ? [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))]
    : [0, Math.max(...values, 1) * 1.05];
  const at = (value: number) => {
    const share = ((log ? Math.log10(value) : value) - low) / (high - low || 1);
    return Math.round((from + share * (to - from)) * 10) / 10;
  };
  return { at, ticks: log ? logTicks(low, high, values) : linearTicks(high) };
}

/** Returns powers of ten; if there are fewer than two, the values themselves. */
function logTicks(low: number, high: number, values: number[]): number[] {
  const first = Math.ceil(low);
  const powers = Array.from({ length: Math.max(0, Math.floor(high) - first + 1) }, (_, i) => 10 ** (first + i));
  return powers.length >= 3 ? powers : [...new Set(values)];
}

/** Returns about five ticks with steps of 1, 2 or 5 times a power of ten. */
function linearTicks(high: number): number[] {
  const rough = high / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}
