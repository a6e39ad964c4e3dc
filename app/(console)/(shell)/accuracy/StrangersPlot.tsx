'use client';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { AccuracyAnswer } from '@/lib/shared/contract/accuracy';
import { oneIn } from '@/lib/shared/trust/oneIn';

const AXIS = { stroke: 'var(--muted)', tickLine: false } as const;
/** Below this part the plot ends: 1 in 100,000. */
const LEAST = 1e-5;
const TICKS = [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5];

interface StrangersPlotProps {
  thresholds: AccuracyAnswer['thresholds'];
  /** The threshold in use. */
  now: number;
}

/** Plots the part of strangers accepted over the threshold, on a logarithmic axis. */
export function StrangersPlot({ thresholds, now }: StrangersPlotProps) {
  const points = thresholds.flatMap(({ trust, strangers }) =>
    strangers === null ? [] : [{ trust, part: Math.max(LEAST, strangers) }],
  );
  return (
    <figure className="mt-3 h-64 px-5 text-xs" aria-label="Part of strangers accepted, over the threshold">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={points} margin={{ top: 20, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis {...AXIS} dataKey="trust" type="number" domain={[0, 100]} ticks={[0, 25, 50, 75, 100]} />
          <YAxis
            {...AXIS}
            scale="log"
            domain={[LEAST, 1]}
            ticks={TICKS}
            width={76}
            axisLine={false}
            tickFormatter={(part: number) => `1 in ${Math.round(1 / part).toLocaleString('en')}`}
          />
          <Tooltip
            contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 10 }}
            formatter={(part) => [oneIn(Number(part)), 'Strangers accepted']}
            labelFormatter={(trust) => `Threshold ${trust}`}
          />
          <Line dataKey="part" stroke="var(--bad)" strokeWidth={2} dot={false} isAnimationActive={false} />
          <ReferenceLine
            x={now}
            stroke="var(--ink)"
            strokeWidth={2}
            ifOverflow="hidden"
            label={{ value: 'in use', position: 'top', fill: 'var(--ink)' }}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
