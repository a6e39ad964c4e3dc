export interface ExportOptions {
  /** `gallery`: people, samples and tombstones. Default `all`: also recognitions, devices, settings, webhooks. */
  what?: 'all' | 'gallery' | undefined;
  /** Whether samples include their pictures. Default: true. */
  pictures?: boolean | undefined;
  /** Only this person, with their samples and, with `all`, their recognitions. */
  personId?: number | undefined;
}
