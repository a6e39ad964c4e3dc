'use client';
import { Input, Select } from '../../_components/ui/Input';
import { SearchInput } from '../../_components/ui/SearchInput';
import { useFilters } from '../../_lib/useFilters';
import { KINDS } from './actionWords';
import type { AuditFilterValues } from './filters';

export function AuditFilters({ filters }: { filters: AuditFilterValues }) {
  const { change, pending } = useFilters(filters);
  return (
    <search className="mb-5 flex flex-wrap items-center gap-2">
      <SearchInput
        label="Search by who"
        placeholder="Who did it"
        value={filters.actor}
        pending={pending}
        onSearch={(actor) => change({ actor })}
      />
      <Select aria-label="What" value={filters.action} onChange={(event) => change({ action: event.target.value })}>
        <option value="">Anything</option>
        {KINDS.map(([kind, label]) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </Select>
      <Input
        type="date"
        aria-label="From"
        className="w-auto max-sm:min-w-36 max-sm:flex-1"
        defaultValue={filters.from}
        onChange={(event) => change({ from: event.target.value })}
      />
      <Input
        type="date"
        aria-label="To"
        className="w-auto max-sm:min-w-36 max-sm:flex-1"
        defaultValue={filters.to}
        onChange={(event) => change({ to: event.target.value })}
      />
    </search>
  );
}
