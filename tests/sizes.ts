/** `npm run sizes`: each file that a browser may load of the built extension, and what the one costs that every page loads. */
import { runProgram } from '../demo/steps/program';
import { setUp } from '../demo/steps/setUp';
import { EXTENSION_BUILD, PACKAGES } from '../demo/steps/steps';
import { BUNDLE, chunkOf, chunksOfBuild } from './bench/chunks';

runProgram(async (signal) => {
  await setUp([PACKAGES, EXTENSION_BUILD], signal);

  const files = chunksOfBuild();
  const bundle = chunkOf(BUNDLE);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);

  console.log(`${ 'bytes'.padStart(10) }${ 'KiB'.padStart(9) }${ 'gzip KiB'.padStart(10) }  file`);
  for (const { name, bytes, zipped } of files) {
    console.log(`${ String(bytes).padStart(10) }${ kibibytes(bytes).padStart(9) }${ kibibytes(zipped).padStart(10) }  ${ name }`);
  }
  console.log(`Every page loads ${ bundle.name }: ${ kibibytes(bundle.bytes) } KiB, ${ (100 * bundle.bytes / total).toFixed(1) } % of ${ kibibytes(total) } KiB.`);

  return 0;
});

function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
