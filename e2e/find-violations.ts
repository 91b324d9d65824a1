import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const dialogs = '[role=dialog], [role=alertdialog]'

/**
 * What of accessibility the page breaks now, with the first place it does. Waits for tooltips and animations to
 * end. What lies behind an open dialog counts for nothing.
 */
export async function findViolations(page: Page, within?: string): Promise<string[]> {
  // a tooltip stands outside all landmarks, as it may: it belongs to what it describes
  await page.mouse.move(0, 0)
  await page.getByRole('tooltip').waitFor({ state: 'detached' })
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => undefined)),
    ),
  )
  // React Aria tells of a button at work by a hidden node that names it, for seconds after the button may have gone
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .include(within ?? ((await page.locator(dialogs).count()) > 0 ? dialogs : 'html'))
    .exclude('[data-live-announcer]')
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
