export interface ExportOptions {
  /** `gallery`: people, samples and what was deleted. Default `all`: also recognitions, devices, settings, webhooks. */
  what?: 'all' | 'gallery' | undefined;
  /** Whether pictures come with their samples. Default: yes. */
  pictures?: boolean | undefined;
  /** This person alone, with their samples and, with `all`, their recognitions. */
  personId?: number | undefined;
}
