/** What one keystroke and one edit of a rule cost without a browser, in milliseconds: each time the text is another one. */
import { findingsOfLint } from '../../audit/lint/lint';
import { readPolicyDocument } from '../../audit/policy/document';
import { moveRule, removeRules, setRule } from '../../audit/policy/edit';
import { readYaml } from '../../audit/policy/readYaml';
import { millisecondsOf } from './figures';
import { textOfRules } from './policies';

/** So often is each measured. */
export const TIMES = 15;

/** One policy of so many rules. */
export function benchOfReading(count: number): object {
  const text = textOfRules(count);
  const { policy = { rules: [] }, findings } = readPolicyDocument(text);
  const rule = Math.floor(count / 2);

  return {
    'characters':        text.length,
    'read as a whole':   millisecondsOf(TIMES, (time) => readYaml(`${ text }# ${ time }\n`)),
    'read, one rule new': millisecondsOf(TIMES, (time) => readPolicyDocument(text.replace('user-1]', `user-1-${ time }]`))),
    'lint':              millisecondsOf(TIMES, () => findingsOfLint(policy, findings)),
    'set a rule':        millisecondsOf(TIMES, (time) => setRule(text, rule, { level: 'Metadata', users: [`user-${ time }`] })),
    'move a rule':       millisecondsOf(TIMES, (time) => moveRule(text, time, rule)),
    'remove a rule':     millisecondsOf(TIMES, (time) => removeRules(text, [time]))
  };
}
