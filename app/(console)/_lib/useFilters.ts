'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';

/** Keeps a page's filters in its address, so that it can be kept, sent and gone back to. `pending` while the new page comes. */
export function useFilters<Filters extends Record<string, string | undefined>>(filters: Filters) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  // What was asked for last: a second change while the first is on its way must not undo it.
  const asked = useRef(filters);
  useEffect(() => {
    if (!pending) asked.current = filters;
  }, [filters, pending]);

  function change(part: Partial<Filters>) {
    asked.current = { ...asked.current, ...part };
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries(asked.current)) if (value) next.set(name, value);
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }));
  }

  return { change, pending };
}
