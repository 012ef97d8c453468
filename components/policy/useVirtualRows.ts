/**
 * Which rows of a long list are in the page: those in sight, and those that must not go while someone is at them.
 */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/vue-virtual';
import { computed, nextTick, type ComputedRef, type Ref } from 'vue';

/** From this many rows on, only some of them are in the page. */
const MANY = 100;
/** In pixels, before a row has been measured. */
const USUAL_HEIGHT = 56;
const ROWS_AROUND = 8;

export interface Row {
  readonly position: number;
  /** From the top of the list, in pixels; undefined where all rows are in the page. */
  readonly top: number | undefined;
}

export interface VirtualRows {
  readonly rows: ComputedRef<readonly Row[]>;
  /** Of the list, in pixels; undefined where all rows are in the page. */
  readonly height: ComputedRef<number | undefined>;
  /** Call it with each row's element. */
  measure(row: unknown): void;
  /** Resolves once a row is in the page and in sight. */
  reveal(position: number): Promise<void>;
}

/** Rows of a list by their position in it; `kept` are in the page wherever they are. Call it in `setup`. */
export function useVirtualRows(scroller: Ref<HTMLElement | undefined>, count: () => number, kept: () => readonly number[]): VirtualRows {
  const isLong = computed(() => count() >= MANY);
  const virtualizer = useVirtualizer(computed(() => {
    const always = kept().filter((position) => position >= 0 && position < count());

    return {
      count:            isLong.value ? count() : 0,
      getScrollElement: () => scroller.value ?? null,
      estimateSize:     () => USUAL_HEIGHT,
      overscan:         ROWS_AROUND,
      indexAttribute:   'data-position',
      rangeExtractor:   (range: Parameters<typeof defaultRangeExtractor>[0]) => [...new Set([...always, ...defaultRangeExtractor(range)])].sort((one, other) => one - other)
    };
  }));

  return {
    rows: computed(() => isLong.value
      ? virtualizer.value.getVirtualItems().map(({ index, start }): Row => ({ position: index, top: start }))
      : Array.from({ length: count() }, (_, position): Row => ({ position, top: undefined }))),
    height: computed(() => isLong.value ? virtualizer.value.getTotalSize() : undefined),

    measure(row) {
      if (isLong.value && row instanceof HTMLElement) {
        virtualizer.value.measureElement(row);
      }
    },

    async reveal(position) {
      if (isLong.value) {
        virtualizer.value.scrollToIndex(position, { align: 'auto' });
        await nextTick();
      }
      await nextTick();
      scroller.value?.querySelector(`[data-position="${ position }"]`)?.scrollIntoView?.({ block: 'nearest' });
    }
  };
}
