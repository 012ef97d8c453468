/**
 * Names for elements that others on the page refer to. The oldest host's Vue makes none.
 */
let last = 0;

/** A name that no other element of ours has. */
export function newId(): string {
  return `audit-${ ++last }`;
}
