import type { Page } from 'playwright-core'
import { waitFor } from '../server/testing/wait-for.ts'

/** Waits until the focus stands on an element that is called so, or says so where it has no name: once the page has caught up with the keys pressed. */
export const waitForFocus = (page: Page, words: string) =>
  waitFor(`the focus on ${words}`, () =>
    page.evaluate((wanted) => {
      const one = document.activeElement
      // the page itself says everything that stands on it
      return one !== document.body && (one?.ariaLabel ?? one?.textContent ?? '').includes(wanted)
    }, words),
  )
