import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'

describe('the audit trail', unless(noBrowser), () => {
  let server: TestServer
  const ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  test.for(
    looks(
      { theme: 'dark', language: 'es', width: 360, height: 800 },
      { theme: 'light', language: 'en', width: 1440, height: 900 },
    ),
  )('tells an owner who changed what, narrowed by person and kind: %o', async (look) => {
    const shop = await givenWorkspace(server)
    const { client } = shop.owner
    const team = await client.teams.create({ name: 'Showroom' })
    await client.members.updateAccess({
      memberId: shop.agent.memberId,
      role: 'agent',
      restrictions: ['onlyTeam'],
      teamId: team.id,
    })
    await client.workspaces.update({ heldDays: 60, blockingInInbox: 'everyone' })
    const tag = await shop.manager.client.tags.create({ name: 'VIP', colour: 'teal' })
    await shop.manager.client.tags.edit({ tagId: tag.id, colour: 'red' })
    await shop.manager.client.fields.place({ key: 'country', shown: 'filled', before: 'firstName' })

    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, look)
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/settings/audit`)
    const isEnglish = look.language === 'en'
    const lines = page.getByRole('main').getByRole('listitem')
    const shows = (...parts: string[]) =>
      waitFor(`the lines ${parts.join(', ')}`, async () => {
        const texts = await lines.allTextContents()
        return texts.length === parts.length && parts.every((part, at) => texts[at]?.includes(part))
      })
    await shows(
      ...(isEnglish
        ? [
            'Field arranged: Country',
            'Tag changed: VIP',
            'Tag created: VIP',
            'Workspace settings changed',
            'Access changed: Ana Agente',
            'Team created: Showroom',
          ]
        : [
            'Campo recolocado: País',
            'Etiqueta cambiada: VIP',
            'Etiqueta creada: VIP',
            'Ajustes del espacio',
            'Acceso cambiado: Ana Agente',
            'Equipo creado: Showroom',
          ]),
    )
    const [arranged, changed] = await lines.allTextContents()
    expect(arranged).toMatch(isEnglish ? /Always.*When filled/s : /Siempre.*Con valor|Siempre/s)
    expect(changed).toMatch(
      isEnglish ? /Colour.*Teal.*Red.*Mario Gerente.*127\.0\.0\.1/s : /Color.*Mario Gerente.*127\.0\.0\.1/s,
    )
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}-audit-${look.width}.png` })

    await page.getByRole('button', { name: isEnglish ? /What to show/ : /Qué mostrar/ }).click()
    await page.getByRole('option', { name: isEnglish ? 'Tags' : 'Etiquetas' }).click()
    await waitFor('the tags alone', async () => (await lines.count()) === 2)
    await page.getByRole('button', { name: isEnglish ? /^Anyone|By/ : /^Cualquiera|Quién/ }).click()
    await page.getByRole('option', { name: 'Olga Dueñas' }).click()
    await page.getByRole('button', { name: isEnglish ? 'Show everything' : 'Mostrar todo' }).click()
    await waitFor('everything', async () => (await lines.count()) === 6)
    // another window's doing appears by itself
    await client.teams.create({ name: 'Workshop' })
    await waitFor('the new line', async () => (await lines.count()) === 7)
    expect(faults).toEqual([])
  })
})
