import { useEffect, useState } from 'react';
import { ageInWords } from '@/lib/phone/util/ageInWords';

/** Shows how long ago a time was, in words; updates itself. */
export function Age({ since }: { since: number | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return <>{since === null ? 'Never synced' : ageInWords(Math.max(0, now - since))}</>;
}
