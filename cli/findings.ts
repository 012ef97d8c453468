/** All that is to say about a policy's text: what kube-apiserver would, and what lint finds. */
import type { PolicyDocument } from '../audit/policy/document';
import type { Finding } from '../audit/policy/finding';

/** The findings of a document, with the places of the values that they are about. */
export function findingsOfDocument(document: PolicyDocument, _kubernetes: string): readonly Finding[] {
  return document.findings;
}
