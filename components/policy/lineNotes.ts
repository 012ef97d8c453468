/**
 * Findings about a text as what there is to say of each of its lines.
 */
import { SEVERITIES, type Finding } from '../../audit/policy/finding';
import type { LineNote } from '../editor/editorHandle';
import { findingText } from '../findingText';
import type { Texts } from '../useTexts';

/** One note of each line that findings are about, by line, with the words of all of them and the strictest severity. */
export function lineNotes(findings: readonly Finding[], t: Texts): LineNote[] {
  const notes = new Map<number, LineNote>();

  for (const finding of findings) {
    const line = finding.at.range?.start.line;

    if (line !== undefined) {
      const before = notes.get(line);
      const text = findingText(finding, t);

      notes.set(line, {
        line,
        severity: SEVERITIES.find((severity) => [before?.severity, finding.severity].includes(severity)) ?? finding.severity,
        text:     before ? `${ before.text }\n${ text }` : text
      });
    }
  }

  return [...notes.values()].sort((a, b) => a.line - b.line);
}
