/**
 * A long policy that is being typed: what is typed is in sight at once, and goes into what it is typed for when the user pauses.
 */
import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue';

export interface TypedPolicy<Wanted> {
  /** What was typed and is not handed on yet. */
  readonly waiting: Readonly<ShallowRef<Wanted | undefined>>;
  /** Takes what was typed now, which replaces what waits. */
  type(wanted: Wanted): void;
  /** Hands on what waits, at once. */
  handOn(): void;
  /** Forgets what waits, for something else that is wanted now. */
  drop(): void;
}

/** How long a pause is, in milliseconds. */
const PAUSE = 300;

/** `take` gets what was typed: at the latest when the component goes. Call it in `setup`. */
export function useTypedPolicy<Wanted>(take: (wanted: Wanted) => void): TypedPolicy<Wanted> {
  const waiting = shallowRef<Wanted>();
  let pause: ReturnType<typeof setTimeout> | undefined;

  function drop(): void {
    clearTimeout(pause);
    waiting.value = undefined;
  }

  function handOn(): void {
    const wanted = waiting.value;

    if (wanted !== undefined) {
      take(wanted);
      drop();
    }
  }

  onBeforeUnmount(handOn);

  return {
    waiting,
    handOn,
    drop,
    type(wanted) {
      clearTimeout(pause);
      waiting.value = wanted;
      pause = setTimeout(handOn, PAUSE);
    }
  };
}
