/** Why a text can't be read at all: a finding's code and parameters, on the way out of a reader. */
import type { Finding } from './finding';
import type { Span } from './jsonTree';

export class Refusal extends Error {
  constructor(readonly code: string, readonly params: Finding['params'] = {}, readonly span?: Span) {
    super(code);
  }
}
