import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

describe('filters', unless(noBrowser), () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  const looks = ([1440, 390] as const).flatMap((width) =>
    (['light', 'dark'] as const).flatMap((theme) =>
      (['es', 'en'] as const).map((language) => ({ width, theme, language })),
    ),
  )
  test.each(looks)('fit and are readable for everybody: %o', async (look) => {
    const shop = await givenWorkspace(server)
    await shop.owner.client.contacts.create({ values: { firstName: 'Ana', country: 'ES' } })
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
    const filter = {
      and: [
        { field: 'country', operator: 'hasAnyOf', value: ['ES', 'MX'] },
        { field: 'created', operator: 'isTimestampAfter', value: '-30d' },
        {
          or: [
            { field: 'email', operator: 'doesNotExist' },
            { field: 'sinceIncoming', operator: 'isLessThan', value: '3d' },
          ],
        },
      ],
    }
    await page.goto(`/w/${shop.id}/contacts?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    await page.locator('[data-contact]').first().waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    await page.getByRole('button', { name: /^4 cond/ }).click()
    await page.getByRole('dialog').getByRole('group').nth(1).waitFor()
    expect(await findViolations(page, '[role=dialog]')).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
    await context.close()
  })
})
