import type { Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { makeMemberWithPassword, makeTestWorkspace } from '../server/members/testing.ts'
import { startMailServer } from '../server/members/testing-mailbox.ts'
import { totpCode } from '../server/members/testing-totp.ts'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { looks } from './looks.ts'

const password = 'correct horse battery'

describe('whoever comes to Ficha', unless(noBrowser), () => {
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(closeBrowser)

  async function start(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
    const server = await startTestServer(options)
    ends.push(() => server.close())
    return server
  }
  async function visit(server: TestServer, cookie: string | null = null, look: Look = {}) {
    const { page, faults, context } = await openBrowser(server.url, cookie, look)
    ends.push(() => context.close())
    return { page, faults }
  }
  async function someone(server: TestServer, role: 'owner' | 'agent' = 'agent') {
    const workspaceId = await makeTestWorkspace(server.deps)
    const email = 'nuria@example.com'
    await makeMemberWithPassword(server.deps, workspaceId, { role, name: 'Nuria Vidal', email, password })
    return { email, workspaceId }
  }
  async function signIn(page: Page, email: string, word = password) {
    await page.getByLabel('Correo').fill(email)
    await page.getByLabel('Contraseña', { exact: true }).fill(word)
    await page.getByRole('button', { name: 'Entrar', exact: true }).click()
  }
  async function signOut(page: Page) {
    await page.getByRole('button', { name: /^Tu cuenta: / }).click()
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click()
    await page.getByRole('heading', { name: 'Entrar' }).waitFor()
  }
  const inbox = (page: Page) => page.waitForURL(/\/w\/\d+\/inbox/)

  test('first makes the workspace, in the language of the browser, and fills it with a sample company', async () => {
    const { page, faults } = await visit(await start())
    await page.goto('/')
    await page.getByRole('heading', { name: 'Te damos la bienvenida a Ficha' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('es')
    // where the browser is says which country and time zone are meant
    expect(await page.getByRole('combobox', { name: 'País' }).inputValue()).toBe('España')
    expect(await page.getByRole('combobox', { name: 'Zona horaria' }).inputValue()).toContain('Madrid')

    await page.getByLabel('Tu nombre').fill('Carmen Ortega')
    await page.getByLabel('Correo').fill('carmen@example')
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByLabel('Espacio de trabajo').fill('Bicicletas Ribera')
    await page.getByRole('button', { name: 'Empezar' }).click()
    await page.getByText('Escribe un correo sencillo, como ana@example.com.').waitFor()
    expect(faults.splice(0)).toEqual([expect.stringContaining('400')])
    await page.getByLabel('Correo').fill('carmen@example.com')
    await page.getByRole('button', { name: 'Empezar' }).click()

    await page.getByRole('heading', { name: 'Trae aquí tus conversaciones' }).waitFor()
    await page.getByRole('button', { name: 'Espacio de trabajo: Bicicletas Ribera' }).waitFor()
    for (const way of ['WhatsApp', 'Correo', 'Canal propio'])
      await page.getByRole('link', { name: new RegExp(`^${way}.*Conectar$`) }).waitFor()

    await page.getByRole('button', { name: 'Probar con datos de muestra' }).click()
    await page.getByRole('radio', { name: /^Todas/ }).click()
    await page.getByRole('link', { name: /Lucía Herrera Campos/ }).click()
    await page.getByRole('button', { name: 'Detalles del contacto Lucía Herrera Campos' }).waitFor()
    await page.getByRole('textbox', { name: 'Mensaje' }).waitFor()
    expect(faults).toEqual([])
  })

  test('by an invitation’s link becomes an Agent, who sees what agents may and nothing else', async () => {
    const server = await start()
    const { id, owner } = await givenWorkspace(server)
    const owners = await visit(server, owner.cookie)
    await owners.page.goto(`/w/${id}/settings/members`)
    await owners.page.getByRole('button', { name: 'Invitar…' }).click()
    await owners.page.getByRole('dialog').getByLabel('Correo').fill('tom@example.com')
    await owners.page.getByRole('dialog').getByRole('button', { name: 'Invitar' }).click()
    const link = await owners.page.getByLabel('Enlace de invitación').inputValue()
    expect(link).toMatch(/\/invite#\S{20,}$/)
    await owners.page.getByRole('button', { name: 'Hecho' }).click()
    await owners.page.getByText('tom@example.com').waitFor()

    const { page, faults } = await visit(server)
    await page.goto(link)
    await page.getByRole('heading', { name: 'Únete a Taller' }).waitFor()
    await page.getByText('Olga Dueñas invita a tom@example.com a trabajar aquí como Agente.').waitFor()
    await page.getByLabel('Tu nombre').fill('Tom Whitfield')
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Unirme' }).click()
    await page.getByText('Un propietario del espacio conecta los canales.').waitFor()
    // the owner's list knows of it unasked
    await owners.page.getByRole('list', { name: 'Miembros' }).getByText('Tom Whitfield').waitFor()

    expect(await page.getByRole('button', { name: 'Probar con datos de muestra' }).count()).toBe(0)
    const main = page.getByRole('navigation', { name: 'Navegación principal' })
    expect(await main.getByRole('link').allTextContents()).toEqual(['Bandeja', 'Ajustes'])
    await main.getByRole('link', { name: 'Ajustes' }).click()
    await page.getByRole('heading', { name: 'Tu cuenta' }).waitFor()
    const settings = page.getByRole('navigation', { name: 'Ajustes' })
    expect(await settings.getByRole('link').allTextContents()).toEqual(['Canales', 'Tu cuenta'])
    await page.goto(`/w/${id}/contacts`)
    await page.getByRole('heading', { name: 'No tienes acceso a Contactos' }).waitFor()
    await page.goto(`/w/${id}/settings/channels/new/whatsapp`)
    await page.getByText(/Solo los propietarios/).waitFor()
    expect(owners.faults).toEqual([])
    expect(faults).toEqual([])

    // a link that was used leads nowhere
    const third = await visit(server)
    await third.page.goto(link)
    await third.page.getByText('Esta invitación ya no vale').waitFor()
    expect(third.faults).toEqual([expect.stringContaining('404')])
  })

  test('signs out and in again, back to the page that was asked for; a refusal does not tell which part was wrong', async () => {
    const server = await start()
    const { email, workspaceId } = await someone(server)
    const { page, faults } = await visit(server)
    await page.goto(`/w/${workspaceId}/settings/account`)
    await page.getByRole('heading', { name: 'Entrar' }).waitFor()
    const refusals: unknown[] = []
    for (const [address, word] of [
      [email, 'not the password'],
      ['nobody@example.com', password],
    ] as const) {
      const [answer] = await Promise.all([page.waitForResponse('**/auth/sign-in/email'), signIn(page, address, word)])
      refusals.push([answer.status(), await answer.text(), await page.getByRole('alert').textContent()])
      // what was typed stays
      expect(await page.getByLabel('Correo').inputValue()).toBe(address)
      await page.getByLabel('Correo').fill('')
    }
    expect(refusals[0]).toEqual([401, expect.any(String), 'El correo o la contraseña no son correctos.'])
    expect(refusals[1]).toEqual(refusals[0])
    faults.splice(0)

    await signIn(page, email)
    await page.waitForURL(`**/w/${workspaceId}/settings/account`)
    await page.getByRole('heading', { name: 'Tu cuenta' }).waitFor()
    await signOut(page)
    await page.goBack()
    await page.getByRole('heading', { name: 'Entrar' }).waitFor()
    faults.splice(0)
    await signIn(page, email)
    await page.waitForURL(/\/w\/\d+\//)
    expect(faults).toEqual([])
  })

  test('turns on a second step, and from then on signs in with a code of the phone or a backup code', async () => {
    const server = await start()
    const { email, workspaceId } = await someone(server)
    const { page, faults } = await visit(server)
    await page.goto('/')
    await signIn(page, email)
    await inbox(page)
    await page.goto(`/w/${workspaceId}/settings/account`)
    await page.getByRole('button', { name: 'Configurar…' }).click()
    await page.getByRole('dialog').locator('input[name=current-password]').fill(password)
    await page.getByRole('dialog').getByRole('button', { name: 'Continuar' }).click()
    await page.getByRole('img', { name: /Imagen para escanear/ }).waitFor()
    const secret = (await page.getByRole('dialog').locator('code').textContent())!.replaceAll(' ', '')
    const code = () => totpCode(`otpauth://totp/Ficha?secret=${secret}`)
    await page.getByLabel('Código de seis cifras').fill(code())
    await page.getByRole('button', { name: 'Activar' }).click()
    const codes = page.getByRole('list', { name: 'Códigos de reserva' }).locator('code')
    const backup = (await codes.first().textContent())!
    expect(await codes.count()).toBe(10)
    await page.getByRole('button', { name: 'Ya los he guardado' }).click()
    await page.getByText('Activado', { exact: true }).waitFor()
    expect(faults).toEqual([])

    await signOut(page)
    await signIn(page, email)
    await page.getByRole('heading', { name: 'Segundo paso' }).waitFor()
    await page.getByLabel('Código de seis cifras').fill('000000')
    await page.getByRole('button', { name: 'Continuar' }).click()
    await page.getByText('Ese código no es correcto o ha caducado.').waitFor()
    expect(faults.splice(0)).toEqual([expect.stringContaining('401')])
    await page.getByLabel('Código de seis cifras').fill(code())
    await page.getByRole('button', { name: 'Continuar' }).click()
    await inbox(page)

    await signOut(page)
    await signIn(page, email)
    await page.getByRole('button', { name: 'Usar un código de reserva' }).click()
    await page.getByLabel('Código de reserva').fill(backup)
    await page.getByRole('button', { name: 'Continuar' }).click()
    await inbox(page)
    expect(faults).toEqual([])
  })

  test('signs out in the middle of a reading, which is given up rather than refused', async () => {
    const server = await start()
    const { email } = await someone(server)
    const { page, faults } = await visit(server)
    await page.goto('/')
    const asked = page.waitForRequest('**/rpc/channels/list')
    // What is asked while the session ends reaches the server after it.
    const isOver = Promise.withResolvers<void>()
    await page.route('**/rpc/channels/list', async (route) => {
      await isOver.promise
      await route.continue().catch(() => {})
    })
    await page.route('**/auth/sign-out', async (route) => {
      const answer = await route.fetch()
      isOver.resolve()
      await asked.then((request) => request.response()).catch(() => null)
      await route.fulfill({ response: answer })
    })
    await signIn(page, email)
    await asked
    await signOut(page)
    expect(faults).toEqual([])
  })

  test('sets a new password by a link that comes by mail, once', async () => {
    const mailbox = await startMailServer()
    ends.push(() => mailbox.close())
    const server = await start({ config: { smtpUrl: mailbox.url } })
    const { email } = await someone(server)
    const { page, faults } = await visit(server)
    await page.goto('/')
    await page.getByLabel('Correo').fill(email)
    await page.getByRole('button', { name: 'He olvidado la contraseña' }).click()
    expect(await page.getByLabel('Correo').inputValue()).toBe(email)
    await page.getByRole('button', { name: 'Enviar el enlace' }).click()
    await page.getByText(`Si ${email} tiene cuenta, va de camino un correo`).waitFor()

    const { text } = await mailbox.waitForMail(email)
    const link = /http:\S+(\/reset#\S+)/.exec(text)?.[1] ?? ''
    await page.goto(link)
    await page.getByLabel('Contraseña nueva', { exact: true }).fill('a new and better one')
    await page.getByRole('button', { name: 'Guardar la contraseña' }).click()
    await page.getByRole('heading', { name: 'Tu contraseña está guardada' }).waitFor()
    await page.getByRole('link', { name: 'Entrar' }).click()
    await signIn(page, email)
    await page.getByText('El correo o la contraseña no son correctos.').waitFor()
    expect(faults.splice(0)).toEqual([expect.stringContaining('401')])
    await signIn(page, email, 'a new and better one')
    await inbox(page)

    const later = await visit(server)
    await later.page.goto(link)
    await later.page.getByLabel('Contraseña nueva', { exact: true }).fill('yet another password')
    await later.page.getByRole('button', { name: 'Guardar la contraseña' }).click()
    await later.page.getByText('Este enlace ya se usó o ha caducado.').waitFor()
    expect(faults).toEqual([])
  })

  test.each(
    looks(
      { language: 'es', theme: 'light', width: 1440 },
      { language: 'en', theme: 'dark', width: 1440 },
      { language: 'es', theme: 'dark', width: 390 },
      { language: 'en', theme: 'light', width: 390 },
    ),
  )('can sign up and sign in by any means: $language, $theme, $width', async (look) => {
    const server = await start()
    const { page, faults } = await visit(server, null, look)
    await page.goto('/')
    await page.getByRole('button', { name: /^(Empezar|Start)$/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    await someone(server)
    await page.goto('/')
    await page.getByRole('button', { name: /^(Entrar|Sign in)$/ }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: /^(He olvidado|I forgot)/ }).click()
    await page.getByText('npm run ficha -- reset-password').waitFor()
    expect(await findViolations(page)).toEqual([])
    expect(await fits(page)).toBe(true)
    expect(faults).toEqual([])
  })
})
