'use client';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Overview } from '@/lib/people/overview';

/** Known against unknown, a bar a day. The height is fixed, so that nothing moves when it is drawn. */
export function RecognitionsPlot({ days }: { days: Overview['days'] }) {
  const total = days.reduce((sum, { known, unknown }) => sum + known + unknown, 0);
  if (total === 0) {
    return (
      <p className="flex h-72 items-center justify-center p-5 text-sm text-muted">
        No recognitions yet. They come from paired devices.
      </p>
    );
  }
  return (
    <div className="h-72 p-5 text-xs">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={days} accessibilityLayer>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="day" tickFormatter={(day: string) => day.slice(5)} stroke="var(--muted)" tickLine={false} />
          <YAxis allowDecimals={false} width={32} stroke="var(--muted)" tickLine={false} axisLine={false} />
          <Tooltip
            cursor={{ fill: 'var(--sunken)' }}
            contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 10 }}
          />
          <Legend />
          <Bar dataKey="known" name="Known" stackId="a" fill="var(--accent)" isAnimationActive={false} />
          <Bar dataKey="unknown" name="Unknown" stackId="a" fill="var(--line-strong)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
