import { describe, expect, it } from 'vitest';

import { textOfFile, type FileText } from '../../../../audit/policy/fileText';
import { casesOf } from '../../tables';

describe('a file that someone opens', () => {
  it.each(casesOf<{ hex: string; times?: number; expect: FileText | { length: number } }>('policy/files'))('$name', ({ hex, times = 1, expect: expected }) => {
    const read = textOfFile(Buffer.from(hex.repeat(times), 'hex'));

    expect('length' in expected && 'text' in read ? { length: read.text.length } : read).toEqual(expected);
  });
});
