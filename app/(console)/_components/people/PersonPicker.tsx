'use client';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ChevronsUpDown, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { counted } from '@/lib/shared/text/counted';
import { api } from '../../_lib/api';
import { FaceCrop } from '../faces/FaceCrop';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { nameOf } from './nameOf';

export interface PickedPerson {
  person_id: number;
  user_id: string | null;
  name: string | null;
  best_face_id?: number | null;
}

interface PersonPickerProps {
  id?: string;
  label: string;
  value: PickedPerson | null;
  onChange: (person: PickedPerson | null) => void;
  /** A person to leave out: the one to merge or move from. */
  exclude?: number;
  placeholder?: string;
}

/** Finds one person among many by typing. */
export function PersonPicker({
  id,
  label,
  value,
  onChange,
  exclude,
  placeholder = 'Choose a person',
}: PersonPickerProps) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['people', 'picker', search],
    queryFn: () => api.people.list({ q: search.trim(), limit: 20, order: 'name' }),
    enabled: open,
    placeholderData: (before) => before,
  });
  const found = (data?.people ?? []).filter((person) => person.person_id !== exclude);

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <div className="flex gap-1">
        <Popover.Trigger asChild>
          <Button
            id={id}
            aria-label={`${label}: ${value ? nameOf(value) : placeholder}`}
            className="min-w-0 flex-1 justify-between font-normal"
            role="combobox"
            aria-expanded={open}
          >
            {value ? (
              <span className="flex min-w-0 items-center gap-2">
                <FaceCrop faceId={value.best_face_id ?? null} alt="" className="size-6 rounded-md" />
                <span className="truncate">{nameOf(value)}</span>
              </span>
            ) : (
              <span className="truncate text-muted">{placeholder}</span>
            )}
            <ChevronsUpDown className="text-muted" aria-hidden />
          </Button>
        </Popover.Trigger>
        {value ? (
          <Button variant="ghost" size="icon" aria-label="Clear the person" onClick={() => onChange(null)}>
            <X aria-hidden />
          </Button>
        ) : null}
      </div>
      <Popover.Content
        align="start"
        sideOffset={6}
        className="rise-in z-50 w-(--radix-popover-trigger-width) min-w-64 overflow-hidden rounded-xl border bg-raised shadow-float"
      >
        <Command shouldFilter={false} label={label}>
          <Command.Input
            value={search}
            onValueChange={setSearch}
            placeholder="Search by name or ID…"
            className="h-10 w-full border-b bg-transparent px-3 text-sm outline-none"
          />
          <Command.List className="max-h-64 overflow-y-auto p-1">
            {error ? <ErrorNotice error={error} onRetry={refetch} className="m-1" /> : null}
            {isPending ? <p className="px-3 py-4 text-sm text-muted">Searching…</p> : null}
            {!isPending && !error && found.length === 0 ? (
              <p className="px-3 py-4 text-sm text-muted">No people match.</p>
            ) : null}
            {found.map((person) => (
              <Command.Item
                key={person.person_id}
                value={String(person.person_id)}
                className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 text-sm data-[selected=true]:bg-accent-soft"
                onSelect={() => {
                  onChange(person);
                  setOpen(false);
                }}
              >
                <FaceCrop faceId={person.best_face_id} alt="" className="size-8 rounded-md" />
                <span className="min-w-0">
                  <span className="block truncate">{nameOf(person)}</span>
                  <span className="block truncate text-xs text-muted">{counted(person.samples, 'sample')}</span>
                </span>
              </Command.Item>
            ))}
          </Command.List>
        </Command>
      </Popover.Content>
    </Popover.Root>
  );
}
