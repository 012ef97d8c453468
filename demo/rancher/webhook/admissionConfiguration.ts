/**
 * The admission configuration that kube-apiserver reads for a pod security template.
 *
 * Source: webhook pkg/podsecurityadmission (GenerateAdmissionConfigFile); Kubernetes, "Enforce Pod Security Standards
 * by Configuring the Built-in Admission Controller"
 */
import { dump } from 'js-yaml';

import { objectAt, sorted, type JsonObject } from '../json';

/** The YAML of the file. */
export function admissionConfiguration(template: JsonObject): string {
  return dump(sorted({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: [{
      name: 'PodSecurity',
      path: '',
      configuration: {
        apiVersion: 'pod-security.admission.config.k8s.io/v1',
        kind: 'PodSecurityConfiguration',
        defaults: objectAt(template, 'configuration', 'defaults'),
        exemptions: objectAt(template, 'configuration', 'exemptions')
      }
    }]
  }), { lineWidth: -1, noArrayIndent: true });
}
