'use client';
import { Grid2x2, Search, Table2 } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { ToggleGroup } from 'radix-ui';
import { useRef, useState, useTransition } from 'react';
import { Input, Select } from '../../_components/ui/Input';
import type { SampleFilters } from './page';

const TOGGLE =
  'flex size-8 items-center justify-center rounded-md text-muted data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-card [&_svg]:size-4';

/** The filters live in the address, so that a page can be kept, sent and gone back to. */
export function SampleFiltersBar({ filters }: { filters: SampleFilters }) {
  const router = useRouter();
  const pathname = usePathname();
  const [search, setSearch] = useState(filters.q);
  const [, startTransition] = useTransition();
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);

  function go(change: Partial<SampleFilters>) {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...change })) if (value) next.set(name, value);
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }));
  }

  function type(text: string) {
    setSearch(text);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => go({ q: text }), 250);
  }

  return (
    <search className="mb-5 flex flex-wrap items-center gap-2">
      <div className="relative min-w-52 flex-1">
        <Search
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
          aria-hidden
        />
        <Input
          type="search"
          aria-label="Search samples"
          placeholder="Search by person or attribute"
          className="pl-9"
          value={search}
          onChange={(event) => type(event.target.value)}
        />
      </div>
      <Select
        aria-label="Quality"
        value={filters.quality ?? ''}
        onChange={(event) => go({ quality: (event.target.value || undefined) as SampleFilters['quality'] })}
      >
        <option value="">Any quality</option>
        <option value="good">Good</option>
        <option value="fair">Fair</option>
        <option value="poor">Poor</option>
      </Select>
      <Select
        aria-label="Person"
        value={filters.owner}
        onChange={(event) => go({ owner: event.target.value as SampleFilters['owner'] })}
      >
        <option value="all">Everybody’s</option>
        <option value="nobody">Nobody’s</option>
      </Select>
      <Select
        aria-label="Sort"
        value={filters.order}
        onChange={(event) => go({ order: event.target.value as SampleFilters['order'] })}
      >
        <option value="newest">Newest first</option>
        <option value="oldest">Oldest first</option>
        <option value="best">Best first</option>
        <option value="worst">Worst first</option>
      </Select>
      <ToggleGroup.Root
        type="single"
        value={filters.view}
        onValueChange={(view) => view && go({ view: view as SampleFilters['view'] })}
        aria-label="View"
        className="flex rounded-lg bg-sunken p-0.5"
      >
        <ToggleGroup.Item value="grid" aria-label="Grid" className={TOGGLE}>
          <Grid2x2 aria-hidden />
        </ToggleGroup.Item>
        <ToggleGroup.Item value="table" aria-label="Table" className={TOGGLE}>
          <Table2 aria-hidden />
        </ToggleGroup.Item>
      </ToggleGroup.Root>
    </search>
  );
}
