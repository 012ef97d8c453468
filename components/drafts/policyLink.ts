/**
 * A policy to the fragment of a link, and back.
 */
import { MAX_SHARED_SIZE, bytesOfPolicy, fragmentOf, policyOfBytes, readFragment, type LinkProblem } from '../../audit/drafts/link';
import type { NamedPolicy } from '../../audit/drafts/namedPolicy';
import { deflated, inflated } from './deflate';

/** The fragment of the link to a policy, as short as the browser can make it. */
export async function fragmentOfPolicy(policy: NamedPolicy): Promise<string> {
  const bytes = bytesOfPolicy(policy);
  const packed = await deflated(bytes);

  return fragmentOf({ bytes: packed ?? bytes, isDeflated: packed !== undefined });
}

/** The policy in a fragment, or why there is none. */
export async function policyInFragment(fragment: string): Promise<NamedPolicy | LinkProblem | 'unsupported'> {
  const packed = readFragment(fragment);

  if (typeof packed === 'string') {
    return packed;
  }
  const bytes = packed.isDeflated ? await inflated(packed.bytes, MAX_SHARED_SIZE) : packed.bytes;

  return typeof bytes === 'string' ? bytes : policyOfBytes(bytes);
}
