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
  /** Description for screen readers. */
  label: string;
  /** Height, fixed so that the layout does not shift. */
  className: string;
  points: ({ distance: number } & Record<string, number>)[];
  /** The threshold as a distance. */
  threshold: number;
  /** Maximum of the percent axis, if lower than the highest point. */
  percents?: Pick<ComponentProps<typeof YAxis>, 'domain' | 'tickCount'>;
  /** Returns the tooltip for a value and a distance. */
  value: (percent: number) => string;
  at: (distance: number) => string;
  /** The `Line`s or `Area`s. */
  children: ReactNode;
}

const AXIS = { stroke: 'var(--muted)', tickLine: false } as const;

/** Plots percents over the distance, with the threshold. Two plots align vertically. */
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
