'use client';
import type { ErrorInfo } from 'next/error';
import EntryLayout from './(entry)/layout';
import PageError from './(shell)/error';

/** Where not even the frame around a page could be made: without a database nobody is known to be signed in. */
export default function ConsoleError(info: ErrorInfo) {
  return (
    <EntryLayout>
      <PageError {...info} />
    </EntryLayout>
  );
}
