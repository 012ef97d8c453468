/** Files of expectations, for the commands that take them. */
import type { Expectation } from '../audit/request/expectations';
import { readExpectations } from '../audit/request/expectationFile';
import { textOf, UsageError, type Io } from './io';
import type { Words } from './words';

export interface GivenExpectations {
  /** As the file has them, with its comments; '' where it has none. */
  readonly text: string;
  readonly expectations: readonly Expectation[];
}

/** The expectations of a file; throws a UsageError that names what is wrong with it, and where. */
export async function expectationsIn(file: string, io: Io, t: Words): Promise<GivenExpectations> {
  const text = await textOf(file, io);
  const { expectations, findings: [finding] } = readExpectations(text);

  if (finding) {
    const line = finding.at.range?.start.line;
    const reason = t(`finding.${ finding.code }`, finding.params);

    throw line === undefined ? new UsageError('unreadable', { file, reason }) : new UsageError('unreadableAt', { file, line: String(line), reason });
  }

  return { text: expectations.length ? text : '', expectations };
}
