/**
 * What an object that is there offers to a cluster that would keep its policy in it.
 */
import { readPolicyDocument } from '../policy/document';
import { blocks } from '../policy/finding';
import { keysIn, POLICY_KEY_IN_SOURCE, textIn, trimmedClusters, type SourceObject } from './sources';

export interface SourceChoice {
  /** The keys that hold text. */
  readonly keys: readonly string[];
  /** Those whose text is a policy that kube-apiserver starts with. */
  readonly policyKeys: readonly string[];
  /** The key to begin with: ours, else one that holds a policy. */
  readonly key: string;
  /** The other clusters that may use it: they restart when its text changes. */
  readonly others: readonly string[];
}

/** The choices that an object offers to a cluster of a Kubernetes version. */
export function choiceOf(source: SourceObject, cluster: string, kubernetesVersion: string | undefined): SourceChoice {
  const keys = keysIn(source).filter((key) => textIn(source, key) !== undefined);
  const policyKeys = keys.filter((key) => {
    const { policy, findings } = readPolicyDocument(textIn(source, key) ?? '', kubernetesVersion);

    return policy !== undefined && !blocks(findings);
  });

  return {
    keys,
    policyKeys,
    key:    policyKeys.find((key) => key === POLICY_KEY_IN_SOURCE) ?? policyKeys[0] ?? POLICY_KEY_IN_SOURCE,
    others: trimmedClusters(source).filter((user) => user !== cluster)
  };
}
