/** A change in the forms that other tools take. */
import { fleetFiles } from '../audit/cluster/exports/fleet';
import type { ExportedFile, Words } from '../audit/cluster/exports/exportedFile';
import { terraformFiles } from '../audit/cluster/exports/terraform';
import type { Operation } from '../audit/cluster/change';
import { manifestOf, unifiedDiff } from '../audit/cluster/manifests';
import { kubectlLines } from './kubectl';

/** A form of output is one entry here. */
export const TEXT_EXPORTS: Readonly<Record<string, (operations: readonly Operation[]) => string>> = {
  diff:    (operations) => operations.map(unifiedDiff).join(''),
  yaml:    (operations) => operations.filter(({ after }) => after).map(({ after }) => manifestOf(after)).join('---\n'),
  kubectl: kubectlLines
};

/** A form that is a directory is one entry here; `policy` is the wanted text, if there is one. */
export const DIRECTORY_EXPORTS: Readonly<Record<string, (operations: readonly Operation[], policy: string | undefined, t: Words) => ExportedFile[]>> = {
  fleet:     (operations, _, t) => fleetFiles(operations, t),
  terraform: terraformFiles
};
