import { Badge } from '../ui/Badge';

/** The groups that a key or a device is limited to. */
export function GroupNames({ groups }: { groups: { group_id: number; name: string }[] | null }) {
  if (groups === null) return <span className="text-muted">everybody</span>;
  if (groups.length === 0) return <Badge tone="warn">nobody</Badge>;
  return (
    <span className="flex max-w-64 flex-wrap gap-1">
      {groups.map(({ group_id, name }) => (
        <Badge key={group_id}>{name}</Badge>
      ))}
    </span>
  );
}
