/** Tasks side by side, so that a processor is not idle while one of them waits. */

/** Runs tasks in their order, a number of them at a time; the results are in that order, too. Rejects as the first task does. */
export async function inLanes<Task, Result>(lanes: number, tasks: readonly Task[], run: (task: Task) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const left = tasks.entries();

  await Promise.all(Array.from({ length: lanes }, async () => {
    for (const [index, task] of left) {
      results[index] = await run(task);
    }
  }));

  return results;
}
