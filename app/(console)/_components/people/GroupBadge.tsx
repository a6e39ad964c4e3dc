import { Badge } from '../ui/Badge';

/** The name of a group. A long name wraps, because people choose it. */
export function GroupBadge({ name }: { name: string }) {
  return <Badge className="wrap-anywhere whitespace-normal">{name}</Badge>;
}
