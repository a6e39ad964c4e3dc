'use client';
import { Line } from 'recharts';
import { CALIBRATION } from '@/lib/shared/trust/calibration';
import { DistancePlot } from './DistancePlot';

const points = CALIBRATION.points.map(({ distance, far, tar }) => ({
  distance,
  tar: tar * 100,
  far: far * 100,
}));

const LINE = { strokeWidth: 2, dot: false, isAnimationActive: false } as const;

/** Plots TAR and FAR over the distance, with the threshold. */
export function CalibrationPlot({ threshold }: { threshold: number }) {
  return (
    <DistancePlot
      label="Share of pairs accepted at each distance: same person and different people"
      className="h-64"
      points={points}
      threshold={threshold}
      percents={{ domain: [0, 100] }}
      value={(percent) => `${percent.toFixed(2)} %`}
      at={(distance) => `distance ${distance}`}
    >
      <Line {...LINE} dataKey="tar" name="Same person accepted (TAR)" stroke="var(--accent)" />
      <Line {...LINE} dataKey="far" name="Different people accepted (FAR)" stroke="var(--bad)" strokeDasharray="6 3" />
    </DistancePlot>
  );
}
