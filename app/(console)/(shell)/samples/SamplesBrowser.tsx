'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Images, SearchX } from 'lucide-react';
import { useState } from 'react';
import { FirstFaces } from '../../_components/faces/FirstFaces';
import { Card } from '../../_components/ui/Card';
import { EmptyState } from '../../_components/ui/EmptyState';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { MoreOnScroll } from '../../_components/ui/MoreOnScroll';
import { api } from '../../_lib/api';
import { useDeferredDelete } from '../../_lib/useDeferredDelete';
import { useShortcut } from '../../_lib/useShortcut';
import type { SampleFilters } from './filters';
import type { FacesPage } from './ListedFace';
import { SampleFiltersBar } from './SampleFiltersBar';
import { SampleGrid } from './SampleGrid';
import { SampleSheet } from './SampleSheet';
import { SamplesTable } from './SamplesTable';
import { SelectionBar } from './SelectionBar';

interface SamplesBrowserProps {
  filters: SampleFilters;
  firstPage: FacesPage;
  editable: boolean;
}

export function SamplesBrowser({ filters, firstPage, editable }: SamplesBrowserProps) {
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [openId, setOpenId] = useState<number | null>(null);
  const { hidden, remove } = useDeferredDelete();
  const { q, order, quality, owner, view } = filters;
  useShortcut('Escape', () => setSelected(new Set()), { enabled: selected.size > 0 });

  const samples = useInfiniteQuery({
    queryKey: ['samples', q, order, quality, owner, firstPage],
    queryFn: ({ pageParam }) =>
      api.faces.list({ q, order, quality, unassigned: owner === 'nobody' || undefined, cursor: pageParam, limit: 60 }),
    initialPageParam: undefined as string | undefined,
    initialData: { pages: [firstPage], pageParams: [undefined] },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const faces = samples.data.pages.flatMap((page) => page.faces).filter((face) => !hidden.has(face.face_id));
  const open = faces.find((face) => face.face_id === openId) ?? null;

  function toggle(id: number) {
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  function removeAll(ids: number[]) {
    setSelected(new Set());
    setOpenId(null);
    remove(ids);
  }

  const shared = { faces, selected, onToggle: toggle, onOpen: setOpenId, editable };
  return (
    <>
      <SampleFiltersBar filters={filters} />
      {faces.length === 0 ? (
        <Card>
          {q || quality || owner === 'nobody' ? (
            <EmptyState icon={SearchX} title="No samples match" description="Try other words, or remove a filter." />
          ) : (
            <EmptyState
              icon={Images}
              title="No samples yet"
              description={
                editable
                  ? 'Add the first one by the address of a picture, or import many at once.'
                  : 'An operator can add some.'
              }
              action={editable ? <FirstFaces /> : null}
            />
          )}
        </Card>
      ) : view === 'grid' ? (
        <SampleGrid {...shared} />
      ) : (
        <SamplesTable {...shared} onToggleAll={(ids) => setSelected(new Set(ids))} />
      )}
      {samples.error ? <ErrorNotice error={samples.error} className="mt-4" /> : null}
      {samples.hasNextPage ? (
        <MoreOnScroll loading={samples.isFetchingNextPage} load={() => void samples.fetchNextPage()} />
      ) : null}
      {editable ? (
        <SelectionBar selected={[...selected]} onClear={() => setSelected(new Set())} onDelete={removeAll} />
      ) : null}
      <SampleSheet face={open} editable={editable} onClose={() => setOpenId(null)} onDelete={(id) => removeAll([id])} />
    </>
  );
}
