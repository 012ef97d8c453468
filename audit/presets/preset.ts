/** A ready policy. Its title and purpose are in l10n, under its id. */
export interface Preset {
  readonly id: string;
  readonly policy: string;
  /** The document that the policy comes from, by name. */
  readonly source: string;
}
