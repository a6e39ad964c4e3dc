'use client';
import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { CALIBRATION } from '@/lib/trust/calibration';
import { AXIS, DISTANCE_AXIS, MARGIN, THRESHOLD_LINE, TOOLTIP } from './plot';

const points = CALIBRATION.points.map(({ distance, far, tar }) => ({
  distance,
  tar: tar * 100,
  far: far * 100,
}));

/** TAR and FAR over the distance, with the threshold where it stands. The height is fixed, so that nothing moves. */
export function CalibrationPlot({ threshold }: { threshold: number }) {
  return (
    <figure
      className="mt-3 h-64 text-xs"
      aria-label="Part of pairs that is accepted, over the distance: same person and different people"
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={points} margin={MARGIN}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis {...DISTANCE_AXIS} />
          <YAxis {...AXIS} domain={[0, 100]} tickFormatter={(value: number) => `${value} %`} />
          <Tooltip
            {...TOOLTIP}
            formatter={(value) => `${Number(value).toFixed(2)} %`}
            labelFormatter={(distance) => `distance ${distance}`}
          />
          <Legend />
          <Line
            dataKey="tar"
            name="Same person accepted (TAR)"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="far"
            name="Different people accepted (FAR)"
            stroke="var(--bad)"
            strokeWidth={2}
            strokeDasharray="6 3"
            dot={false}
            isAnimationActive={false}
          />
          <ReferenceLine {...THRESHOLD_LINE} x={threshold} />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
