'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';

/** Stores a page's filters in its URL, for bookmarks and history. `pending` while the new page loads. */
export function useFilters<Filters extends Record<string, string | undefined>>(filters: Filters) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  // The last requested filters: a second change during loading must not undo the first.
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
