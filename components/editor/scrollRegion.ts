/**
 * What scrolls within a CodeMirror: the keyboard reaches it, and it has a name, as long as there is something to scroll.
 */
export interface ScrollRegion {
  /** By which those who don't see it know it. */
  name(name: string): void;
  disconnect(): void;
}

/** The region of a CodeMirror's scroller, which follows its size and that of what is in it. */
export function scrollRegion(scroller: HTMLElement): ScrollRegion {
  let label = '';
  // After a layout asking for heights costs none.
  const sizes = new ResizeObserver(update);

  [scroller, ...scroller.children].forEach((element) => sizes.observe(element));

  function update(): void {
    const scrolls = scroller.scrollHeight > scroller.clientHeight + 1;

    scroller.tabIndex = scrolls ? 0 : -1;
    Object.entries({ 'role': 'region', 'aria-label': label }).forEach(([attribute, value]) => scrolls ? scroller.setAttribute(attribute, value) : scroller.removeAttribute(attribute));
  }

  return {
    name(name) {
      label = name;
    },

    disconnect: () => sizes.disconnect()
  };
}
