import type { TestProject } from 'vitest/node';
import { makeTemplates, type Templates } from './templates';

declare module 'vitest' {
  export interface ProvidedContext {
    templates: Templates;
  }
}

/** Makes the templates that database tests copy, once per run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { templates, remove } = await makeTemplates();
  project.provide('templates', templates);
  return remove;
}
