/** The host's application around a component of ours. */
import { getCurrentInstance } from 'vue';

/** What the host gives every component, such as `$store` and `$router`, as the caller needs it. Call it in `setup`. */
export function hostAbove<Host>(): Host {
  return getCurrentInstance()?.proxy as unknown as Host;
}
