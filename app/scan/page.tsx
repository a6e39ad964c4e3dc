import { Scan } from './_components/Scan';

export default function ScanPage() {
  return <Scan />;
}
