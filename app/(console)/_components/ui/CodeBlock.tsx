'use client';
import { Check, Copy } from 'lucide-react';
import { Button } from './Button';
import { useCopy } from './useCopy';

/** Text too wide or too long for its place scrolls by keyboard too (WCAG 2.1.1), so its region takes focus. */
const KEYBOARD_SCROLL = { tabIndex: 0 };

/** Shows code or JSON, with a button to copy. `label` is its accessible name. */
export function CodeBlock({ label, children: text }: { label: string; children: string }) {
  const { copied, copy } = useCopy();
  return (
    <div className="relative">
      <section
        aria-label={label}
        className="max-h-96 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs leading-relaxed whitespace-pre"
        {...KEYBOARD_SCROLL}
      >
        {text}
      </section>
      <Button
        size="sm"
        className="absolute top-2 right-2"
        onClick={() => void copy(text)}
        aria-label={`Copy: ${label}`}
      >
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </Button>
    </div>
  );
}
