import type { RocPoint } from './roc';

const WIDTH = 560;
const HEIGHT = 400;
const MARGIN = { left: 60, right: 20, top: 40, bottom: 50 };
/** Left end of the logarithmic FAR axis. */
const MIN_FAR = 1e-4;
const LEAST_TAR = 0.8;

/** Draws a ROC curve as SVG: TAR (from 0.8) over FAR (logarithmic, from 1e-4). */
export function rocSvg(points: RocPoint[], title: string): string {
  const x = (far: number) => {
    const part = (Math.log10(Math.max(far, MIN_FAR)) - Math.log10(MIN_FAR)) / -Math.log10(MIN_FAR);
    return MARGIN.left + part * (WIDTH - MARGIN.left - MARGIN.right);
  };
  const y = (tar: number) =>
    MARGIN.top + ((1 - Math.max(tar, LEAST_TAR)) / (1 - LEAST_TAR)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const fars = [1e-4, 1e-3, 1e-2, 1e-1, 1];
  const tars = [0.8, 0.85, 0.9, 0.95, 1];
  const grid = [
    ...fars.map(
      (far) =>
        `<line x1="${x(far)}" x2="${x(far)}" y1="${y(1)}" y2="${y(LEAST_TAR)}" class="g"/>` +
        `<text x="${x(far)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${far}</text>`,
    ),
    ...tars.map(
      (tar) =>
        `<line x1="${x(MIN_FAR)}" x2="${x(1)}" y1="${y(tar)}" y2="${y(tar)}" class="g"/>` +
        `<text x="${MARGIN.left - 8}" y="${y(tar) + 4}" text-anchor="end">${tar}</text>`,
    ),
  ];
  // A step curve: TAR is constant until the next threshold accepts more.
  const path = points.map(
    ({ far, tar }, i) => `${i ? `H${x(far).toFixed(1)}V` : `M${x(far).toFixed(1)} `}${y(tar).toFixed(1)}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">
<style>.g{stroke:#8884}text{fill:#666}path{fill:none;stroke:#2563eb;stroke-width:2}</style>
<text x="${MARGIN.left}" y="22" font-size="14" font-weight="600">${title}</text>
${grid.join('\n')}
<text x="${WIDTH / 2}" y="${HEIGHT - 10}" text-anchor="middle">FAR</text>
<text x="16" y="${HEIGHT / 2}" transform="rotate(-90 16 ${HEIGHT / 2})" text-anchor="middle">TAR</text>
<path d="${path.join('')}"/>
</svg>
`;
}
