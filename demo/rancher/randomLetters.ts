/** Letters as Kubernetes puts them at the end of generated names: no vowels, so that they spell nothing. Source: k8s.io/apimachinery pkg/util/rand */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** As many of them as asked for. */
export function randomLetters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)] ?? 'x').join('');
}
