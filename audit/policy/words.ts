/** The words under a key of `l10n/`, without the root `clusterAudit`. */
export type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string;
