/** `npm run sizes`: each file that a browser may load of the built extension, and what the one costs that every page loads. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { extensionBuild, extensionFolder } from '../demo/steps/places';
import { runProgram } from '../demo/steps/program';
import { setUp } from '../demo/steps/setUp';
import { EXTENSION_BUILD, PACKAGES } from '../demo/steps/steps';

runProgram(async (signal) => {
  await setUp([PACKAGES, EXTENSION_BUILD], signal);

  const files = readdirSync(extensionFolder()).filter((name) => name.endsWith('.js')).map(measured);
  const bundle = measured(`${ extensionBuild() }.umd.min.js`);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);

  console.log(`${ 'bytes'.padStart(10) }${ 'KiB'.padStart(9) }${ 'gzip KiB'.padStart(10) }  file`);
  for (const { name, bytes, zipped } of files) {
    console.log(`${ String(bytes).padStart(10) }${ kibibytes(bytes).padStart(9) }${ kibibytes(zipped).padStart(10) }  ${ name }`);
  }
  console.log(`Every page loads ${ bundle.name }: ${ kibibytes(bundle.bytes) } KiB, ${ (100 * bundle.bytes / total).toFixed(1) } % of ${ kibibytes(total) } KiB.`);

  return 0;
});

function measured(name: string): { readonly name: string; readonly bytes: number; readonly zipped: number } {
  const content = readFileSync(join(extensionFolder(), name));

  return { name, bytes: content.length, zipped: gzipSync(content).length };
}

function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
