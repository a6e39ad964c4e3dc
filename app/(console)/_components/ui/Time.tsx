'use client';
import { useEffect, useState } from 'react';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function ago(date: Date, now: number): string {
  const seconds = (date.getTime() - now) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / length), unit);
    }
  }
  return seconds > 1 ? 'in a moment' : 'just now';
}

/**
 * "3 hours ago", with the exact time on hover. The server does not know the browser's zone and its clock differs by the
 * time of the way, so both may show different text until the first render in the browser.
 */
export function Time({ value }: { value: string | Date }) {
  const date = typeof value === 'string' ? new Date(value) : value;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString('en')}
      className="whitespace-nowrap"
      suppressHydrationWarning
    >
      {ago(date, now)}
    </time>
  );
}
