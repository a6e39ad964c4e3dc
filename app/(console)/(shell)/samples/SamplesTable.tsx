'use client';
import Link from 'next/link';
import { FaceCrop } from '../../_components/faces/FaceCrop';
import { QualityBadge } from '../../_components/faces/QualityBadge';
import { nameOf } from '../../_components/people/nameOf';
import { Badge } from '../../_components/ui/Badge';
import { Card } from '../../_components/ui/Card';
import { Checkbox } from '../../_components/ui/Checkbox';
import { type Columns, DataTable } from '../../_components/ui/DataTable';
import { Time } from '../../_components/ui/Time';
import type { ListedFace } from './ListedFace';
import type { SampleViewProps } from './SampleGrid';

interface SamplesTableProps extends SampleViewProps {
  onToggleAll: (ids: number[]) => void;
}

/** Maximum number of attributes in a row. The sample's sheet shows all. */
const SHOWN_ATTRIBUTES = 3;

export function SamplesTable({ faces, selected, onToggle, onToggleAll, onOpen, editable }: SamplesTableProps) {
  const all = faces.length > 0 && faces.every((face) => selected.has(face.face_id));
  const columns: Columns<ListedFace> = [
    ...(editable
      ? [
          {
            id: 'select',
            header: () => (
              <Checkbox
                checked={all ? true : selected.size > 0 ? 'indeterminate' : false}
                onCheckedChange={() => onToggleAll(all ? [] : faces.map((face) => face.face_id))}
                aria-label="Select all that are shown"
              />
            ),
            cell: ({ row }: { row: { original: ListedFace } }) => (
              <Checkbox
                checked={selected.has(row.original.face_id)}
                onCheckedChange={() => onToggle(row.original.face_id)}
                aria-label={`Select sample ${row.original.face_id}`}
              />
            ),
          },
        ]
      : []),
    {
      id: 'sample',
      header: 'Sample',
      cell: ({ row: { original } }) => (
        <button type="button" className="flex items-center gap-3 rounded-lg" onClick={() => onOpen(original.face_id)}>
          <span className="sr-only">Open sample</span>
          <FaceCrop faceId={original.face_id} version={original.updated_at} alt="" className="size-10" />
          <span className="text-muted tabular-nums">#{original.face_id}</span>
        </button>
      ),
    },
    {
      id: 'person',
      header: 'Person',
      cell: ({ row: { original } }) =>
        original.person ? (
          <Link href={`/people/${original.person.person_id}`} className="font-medium hover:underline">
            {nameOf(original.person)}
          </Link>
        ) : (
          <span className="text-muted">Unassigned</span>
        ),
    },
    {
      id: 'attributes',
      header: 'Attributes',
      cell: ({ row: { original } }) => {
        const shown = Object.entries(original.unique_args).filter(([key]) => key !== 'user_name' && key !== 'user_id');
        return (
          <span className="flex max-w-96 flex-wrap gap-1">
            {shown.slice(0, SHOWN_ATTRIBUTES).map(([key, value]) => (
              <Badge key={key}>
                <span className="truncate">
                  {key}: {typeof value === 'string' ? value : JSON.stringify(value)}
                </span>
              </Badge>
            ))}
            {shown.length > SHOWN_ATTRIBUTES ? <Badge>+{shown.length - SHOWN_ATTRIBUTES}</Badge> : null}
          </span>
        );
      },
    },
    {
      id: 'quality',
      header: 'Quality',
      cell: ({ row: { original } }) => <QualityBadge score={original.quality.score} />,
    },
    { id: 'age', header: 'Added', cell: ({ row: { original } }) => <Time value={original.created_at} /> },
  ];
  return (
    <Card className="overflow-hidden">
      <DataTable caption="Samples" columns={columns} rows={faces} rowId={(face) => String(face.face_id)} empty={null} />
    </Card>
  );
}
