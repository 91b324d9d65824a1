import type { Page } from 'playwright-core'

/** Does the page stay within its width, without scrolling sideways? On a phone also at the narrowest one, 360 px. */
export async function fits(page: Page): Promise<boolean> {
  const isWithin = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  const size = page.viewportSize()
  if (size === null || size.width > 400 || !(await isWithin())) return isWithin()
  await page.setViewportSize({ ...size, width: 360 })
  const isNarrowWithin = await isWithin()
  await page.setViewportSize(size)
  return isNarrowWithin
}
