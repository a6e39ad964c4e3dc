'use client';
import { Grid2x2, Table2 } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { Select } from '../../_components/ui/Input';
import { SearchInput } from '../../_components/ui/SearchInput';
import { useFilters } from '../../_lib/useFilters';
import type { SampleFilters } from './filters';

const TOGGLE =
  'flex size-8 items-center justify-center rounded-md text-muted data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-card [&_svg]:size-4';

/** Filters of the list, stored in the URL. */
export function SampleFiltersBar({ filters }: { filters: SampleFilters }) {
  const { change, pending } = useFilters(filters);
  return (
    <search className="mb-5 flex flex-wrap items-center gap-2">
      <SearchInput
        label="Search samples"
        placeholder="Search by person or attribute"
        value={filters.q}
        pending={pending}
        onSearch={(q) => change({ q })}
      />
      <Select
        aria-label="Quality"
        value={filters.quality ?? ''}
        onChange={(event) => change({ quality: (event.target.value || undefined) as SampleFilters['quality'] })}
      >
        <option value="">Any quality</option>
        <option value="good">Good</option>
        <option value="fair">Fair</option>
        <option value="poor">Poor</option>
      </Select>
      <Select
        aria-label="Person"
        value={filters.owner}
        onChange={(event) => change({ owner: event.target.value as SampleFilters['owner'] })}
      >
        <option value="all">All people</option>
        <option value="nobody">Unassigned</option>
      </Select>
      <Select
        aria-label="Sort"
        value={filters.order}
        onChange={(event) => change({ order: event.target.value as SampleFilters['order'] })}
      >
        <option value="newest">Newest first</option>
        <option value="oldest">Oldest first</option>
        <option value="best">Best first</option>
        <option value="worst">Worst first</option>
      </Select>
      <ToggleGroup.Root
        type="single"
        value={filters.view}
        onValueChange={(view) => view && change({ view: view as SampleFilters['view'] })}
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
