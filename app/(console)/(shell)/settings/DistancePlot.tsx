'use client';
import type { ComponentProps, ReactNode } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { cn } from '../../_components/ui/cn';

interface DistancePlotProps {
  /** What the plot shows, for those who do not see it. */
  label: string;
  /** Its height: fixed, so that nothing moves when it is drawn. */
  className: string;
  points: ({ distance: number } & Record<string, number>)[];
  /** Where the threshold stands, as a distance. */
  threshold: number;
  /** The axis of percents, where it is not as high as the points. */
  percents?: Pick<ComponentProps<typeof YAxis>, 'domain' | 'tickCount'>;
  /** A value and a distance in words, under the pointer. */
  value: (percent: number) => string;
  at: (distance: number) => string;
  /** The `Line`s or `Area`s. */
  children: ReactNode;
}

const AXIS = { stroke: 'var(--muted)', tickLine: false } as const;

/** Percents over the distance, with the threshold. Two of them stand exactly below each other. */
export function DistancePlot({
  label,
  className,
  points,
  threshold,
  percents,
  value,
  at,
  children,
}: DistancePlotProps) {
  return (
    <figure className={cn('mt-3 text-xs', className)} aria-label={label}>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={points} margin={{ top: 20, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis {...AXIS} dataKey="distance" type="number" domain={[0, 1.2]} ticks={[0, 0.2, 0.4, 0.6, 0.8, 1, 1.2]} />
          <YAxis
            {...AXIS}
            {...percents}
            width={48}
            axisLine={false}
            tickFormatter={(percent: number) => `${percent} %`}
          />
          <Tooltip
            contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 10 }}
            formatter={(percent) => value(Number(percent))}
            labelFormatter={(distance) => at(Number(distance))}
          />
          <Legend />
          {children}
          <ReferenceLine
            x={threshold}
            stroke="var(--ink)"
            strokeWidth={2}
            ifOverflow="hidden"
            label={{ value: 'threshold', position: 'top', fill: 'var(--ink)' }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}
