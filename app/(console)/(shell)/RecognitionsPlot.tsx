'use client';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { cn } from '../_components/ui/cn';

interface RecognitionsPlotProps {
  /** Days, oldest first. Without `unknown` the plot shows one person. */
  days: { day: string; known: number; unknown?: number }[];
  /** Text instead of an empty plot. */
  empty?: string;
  className?: string;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "5 Nov" of `2026-11-05`. */
const shortDay = (day: string) => DAY.format(new Date(`${day}T00:00Z`));

/** Recognitions per day, known and unknown, as bars. The height is fixed, so that the layout does not shift. */
export function RecognitionsPlot({
  days,
  empty = 'No recognitions yet. They come from paired devices.',
  className,
}: RecognitionsPlotProps) {
  const withUnknown = days.some(({ unknown }) => unknown !== undefined);
  const total = days.reduce((sum, { known, unknown = 0 }) => sum + known + unknown, 0);
  if (total === 0) {
    return <p className={cn('flex h-72 items-center justify-center p-5 text-sm text-muted', className)}>{empty}</p>;
  }
  return (
    <div className={cn('h-72 p-5 text-xs', className)}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={days} accessibilityLayer>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="day" tickFormatter={shortDay} stroke="var(--muted)" tickLine={false} />
          <YAxis allowDecimals={false} width={32} stroke="var(--muted)" tickLine={false} axisLine={false} />
          <Tooltip
            cursor={{ fill: 'var(--sunken)' }}
            labelFormatter={(day) => shortDay(String(day))}
            contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 10 }}
          />
          {withUnknown ? <Legend /> : null}
          <Bar
            dataKey="known"
            name={withUnknown ? 'Known' : 'Recognised'}
            stackId="a"
            fill="var(--accent)"
            isAnimationActive={false}
          />
          {withUnknown ? (
            <Bar dataKey="unknown" name="Unknown" stackId="a" fill="var(--line-strong)" isAnimationActive={false} />
          ) : null}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
