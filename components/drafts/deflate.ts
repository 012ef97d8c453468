/**
 * Bytes made smaller and back (RFC 1951), by what the browser has for it.
 */

export type InflateProblem = 'unsupported' | 'damaged' | 'tooLarge';

const FORMAT = 'deflate-raw';

/** The bytes, smaller; undefined where the browser can't do that. */
export async function deflated(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const stream = streamOf(() => new CompressionStream(FORMAT));
  const read = stream && await through(stream, bytes, Infinity);

  return read instanceof Uint8Array ? read : undefined;
}

/** The bytes as they were. Where they turn out to be more than a limit, the rest is not even unpacked. */
export async function inflated(bytes: Uint8Array, limit: number): Promise<Uint8Array | InflateProblem> {
  const stream = streamOf(() => new DecompressionStream(FORMAT));

  return stream ? through(stream, bytes, limit) : 'unsupported';
}

/** Undefined where the browser has no such stream, or not in this format. */
function streamOf<Stream>(make: () => Stream): Stream | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

async function through({ readable, writable }: GenericTransformStream, bytes: Uint8Array, limit: number): Promise<Uint8Array | 'damaged' | 'tooLarge'> {
  const [writer, reader] = [writable.getWriter(), readable.getReader() as ReadableStreamDefaultReader<Uint8Array>];
  const parts: Uint8Array[] = [];
  let size = 0;

  // What goes wrong in writing fails the reading, too.
  Promise.all([writer.write(bytes), writer.close()]).catch(() => undefined);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      parts.push(next.value);
      if (size > limit) {
        await reader.cancel();

        return 'tooLarge';
      }
    }
  } catch {
    return 'damaged';
  }
  const whole = new Uint8Array(size);

  parts.reduce((offset, part) => {
    whole.set(part, offset);

    return offset + part.length;
  }, 0);

  return whole;
}
