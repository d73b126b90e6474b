/** A page of the app. */
export interface Screen {
  element: HTMLElement
  /** It is on the page now. */
  entered?: () => void
  /** It is about to go: stop cameras and timers. */
  leave?: () => void
}
