/** Checks side by side: never more than there are lanes, each one once, and results in the order of the tasks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { inLanes } from '../steps/lanes';

test('as many tasks as lanes run at a time, and results keep the order', async () => {
  let running = 0;
  let most = 0;
  const results = await inLanes(2, [30, 1, 10, 1], async (milliseconds) => {
    most = Math.max(most, ++running);
    await sleep(milliseconds);
    running--;

    return milliseconds;
  });

  expect([results, most]).toEqual([[30, 1, 10, 1], 2]);
});

test('more lanes than tasks change nothing', async () => {
  expect(await inLanes(5, ['a'], (task) => Promise.resolve(task))).toEqual(['a']);
});

test('a task that throws ends it', async () => {
  await expect(inLanes(2, [1, 2, 3], (task) => task === 2 ? Promise.reject(new Error('two')) : Promise.resolve(task))).rejects.toThrow('two');
});
