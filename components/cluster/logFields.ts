/** The flags that always have a field, with words of its own; others are called by their names. */
export const LOG_FIELDS: readonly string[] = ['audit-log-path', 'audit-log-maxage', 'audit-log-maxbackup', 'audit-log-maxsize', 'audit-log-format', 'audit-log-compress', 'audit-log-mode'];
