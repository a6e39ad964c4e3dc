'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useTransition } from 'react';

/** Keeps a page's filters in its address, so that it can be kept, sent and gone back to. `pending` while the new page comes. */
export function useFilters<Filters extends Record<string, string | undefined>>(filters: Filters) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();

  function change(part: Partial<Filters>) {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...part })) if (value) next.set(name, value);
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }));
  }

  return { change, pending };
}
