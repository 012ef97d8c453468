/**
 * Reads long policies beside the page: in a worker, or where a page may have none, when the browser has nothing else to do.
 */
import { reportOf } from '../../audit/lint/report';
import type { PolicyAnswer, PolicyQuestion } from './policyWorker';

export interface PolicyReader {
  /** Asks for a report of a text. Only the newest question is answered for sure: one that waits is forgotten for a newer one. */
  ask(question: PolicyQuestion, done: (report: PolicyAnswer) => void): void;
  close(): void;
}

interface Asked {
  readonly question: PolicyQuestion;
  readonly done: (report: PolicyAnswer) => void;
}

/** How long the browser may put off what has to be read without a worker, in milliseconds. */
const LATEST = 200;

/** A reader that starts when it is first asked. */
export function policyReader(): PolicyReader {
  let worker: Worker | undefined;
  let canWork = typeof Worker === 'function';
  let asked: Asked | undefined;
  let waiting: Asked | undefined;

  function next(): void {
    asked = waiting;
    waiting = undefined;
    if (asked) {
      put(asked.question);
    }
  }

  function put(question: PolicyQuestion): void {
    worker ??= canWork ? startWorker() : undefined;
    if (worker) {
      worker.postMessage(question);
    } else {
      whenIdle(() => asked && answer(reportOf(question.text, question.version)));
    }
  }

  function answer(report: PolicyAnswer): void {
    const { done } = asked ?? {};

    next();
    done?.(report);
  }

  function startWorker(): Worker | undefined {
    try {
      const started = new Worker(new URL('./policyWorker.ts', import.meta.url));

      started.onmessage = ({ data }: MessageEvent<PolicyAnswer>) => answer(data);
      started.onerror = giveUp;

      return started;
    } catch {
      canWork = false; // the page's policy forbids it

      return undefined;
    }
  }

  /** The worker could not be loaded, or broke: what it was asked is read here. */
  function giveUp(event: ErrorEvent): void {
    event.preventDefault();
    worker?.terminate();
    worker = undefined;
    canWork = false;
    waiting ??= asked;
    next();
  }

  return {
    ask(question, done) {
      waiting = { question, done };
      if (!asked) {
        next();
      }
    },

    close() {
      worker?.terminate();
      worker = undefined;
      asked = undefined;
      waiting = undefined;
    }
  };
}

/** Does something once the browser has nothing else to do. Safari has no word for that. */
export function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') {
    requestIdleCallback(run, { timeout: LATEST });
  } else {
    setTimeout(run);
  }
}
