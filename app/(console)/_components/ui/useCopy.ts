'use client';
import { useState } from 'react';
import { toast } from 'sonner';

/** Duration of the "copied" state, ms. */
const SHOWN_MS = 2_000;

/** Copies text to the clipboard. Browsers allow it only over TLS and on localhost; elsewhere it shows a message. */
export function useCopy() {
  const [copied, setCopied] = useState(false);

  async function copy(text: string) {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      toast.error('The browser does not let pages copy here. Select the text and copy it yourself.');
    }
  }

  return { copied, copy };
}
