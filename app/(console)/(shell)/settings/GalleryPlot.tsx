'use client';
import {
  Area,
  AreaChart,
  CartesianGrid,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { BIN, BINS, type GalleryDistances, type Histogram } from '@/lib/trust/histogram';
import { AXIS, DISTANCE_AXIS, MARGIN, THRESHOLD_LINE, TOOLTIP } from './plot';

/** Percent of all pairs of its kind, so that few pairs of the same person stand beside many of different people. */
const share = ({ pairs, bins }: Histogram, bin: number) => (pairs === 0 ? 0 : ((bins[bin] ?? 0) / pairs) * 100);

/** How far apart pairs of the own gallery lie, with the threshold between them. */
export function GalleryPlot({ distances, threshold }: { distances: GalleryDistances; threshold: number }) {
  const points = Array.from({ length: BINS }, (_, bin) => ({
    distance: Math.round((bin + 0.5) * BIN * 1000) / 1000,
    same: share(distances.same, bin),
    different: share(distances.different, bin),
  }));
  return (
    <figure
      className="mt-3 h-56 text-xs"
      aria-label="Distances between samples of the own gallery: same person and different people"
    >
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={points} margin={MARGIN}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis {...DISTANCE_AXIS} />
          <YAxis {...AXIS} tickCount={6} tickFormatter={(value: number) => `${value} %`} />
          <Tooltip
            {...TOOLTIP}
            formatter={(value) => `${Number(value).toFixed(1)} % of pairs`}
            labelFormatter={(distance) => `around ${distance}`}
          />
          <Legend />
          <Area
            dataKey="same"
            name="Same person"
            type="step"
            stroke="var(--accent)"
            fill="var(--accent)"
            fillOpacity={0.25}
            isAnimationActive={false}
          />
          <Area
            dataKey="different"
            name="Different people"
            type="step"
            stroke="var(--bad)"
            fill="var(--bad)"
            fillOpacity={0.15}
            strokeDasharray="6 3"
            isAnimationActive={false}
          />
          <ReferenceLine {...THRESHOLD_LINE} x={threshold} />
        </AreaChart>
      </ResponsiveContainer>
    </figure>
  );
}
