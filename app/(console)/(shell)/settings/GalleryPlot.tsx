'use client';
import { Area } from 'recharts';
import { BIN, BINS, type GalleryDistances, type Histogram } from '@/lib/shared/trust/histogram';
import { DistancePlot } from './DistancePlot';

const AREA = { type: 'step', isAnimationActive: false } as const;

/** Percent of all pairs of its kind, because there are few pairs of the same person and many of different people. */
const share = ({ pairs, bins }: Histogram, bin: number) => (pairs === 0 ? 0 : ((bins[bin] ?? 0) / pairs) * 100);

/** Plots the distances of pairs in the gallery, with the threshold. */
export function GalleryPlot({ distances, threshold }: { distances: GalleryDistances; threshold: number }) {
  const points = Array.from({ length: BINS }, (_, bin) => ({
    distance: Math.round((bin + 0.5) * BIN * 1000) / 1000,
    same: share(distances.same, bin),
    different: share(distances.different, bin),
  }));
  return (
    <DistancePlot
      label="Distances between your samples: same person and different people"
      className="h-56"
      points={points}
      threshold={threshold}
      percents={{ tickCount: 6 }}
      value={(percent) => `${percent.toFixed(1)} % of pairs`}
      at={(distance) => `around ${distance}`}
    >
      <Area
        {...AREA}
        dataKey="same"
        name="Same person"
        stroke="var(--accent)"
        fill="var(--accent)"
        fillOpacity={0.25}
      />
      <Area
        {...AREA}
        dataKey="different"
        name="Different people"
        stroke="var(--bad)"
        fill="var(--bad)"
        fillOpacity={0.15}
        strokeDasharray="6 3"
      />
    </DistancePlot>
  );
}
