'use client';
import { useHydrated } from '../../_lib/useHydrated';

/**
 * The exact time to the second with its zone: the browser's, and UTC until the page is interactive, because the server
 * does not know the browser's zone.
 */
export function ExactTime({ value }: { value: string }) {
  const hydrated = useHydrated();
  const text = new Date(value).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(hydrated ? {} : { timeZone: 'UTC' }),
  });
  return <time dateTime={value}>{text}</time>;
}
