import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/**
 * The browser without a window first; the one with a window before the script that Debian starts it with, whose flags ask for
 * a graphics card.
 */
const executable = [
  '/usr/bin/chromium-headless-shell',
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(existsSync)

/** Why a journey cannot run here; undefined where it can. */
export const noBrowser = executable === undefined ? 'no Chromium is installed' : undefined

/**
 * The last list of switched-off features is the one that counts, so what Playwright switches off stands here too, as far as
 * it matters to pages of one's own machine. The others are parts of the browser's own window that are pages themselves: each
 * new context would open one and start their processes, a quarter of the whole work.
 */
const switchedOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'PaintHolding',
  'HttpsFirstBalancedModeAutoEnable',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'MediaRouter',
  'LensOverlay',
  'InitialWebUI',
  'WebUIToolbar',
  'WebUIReloadButton',
  'WebUILocationBar',
  'WebUIOmniboxPopup',
  'PreloadTopChromeWebUI',
]

let browser: Promise<Browser> | undefined

function launch(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: executable ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${switchedOff.join(',')}`,
    ],
  })
  return browser
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
  readonly language?: 'es' | 'en'
}

/** A browser of its own, signed in by the cookie of `member`; every console error and failed request is an error of the test. */
export async function openBrowser(
  url: string,
  cookie: string | null,
  { width = 1440, height = 900, theme = 'light', language = 'es' }: Look = {},
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await (
    await launch()
  ).newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: language === 'es' ? 'es-ES' : 'en-GB',
    timezoneId: 'Europe/Madrid',
    hasTouch: width < 760,
  })
  context.setDefaultTimeout(45_000)
  if (cookie !== null) {
    const [name = '', ...value] = cookie.split(';')[0]?.split('=') ?? []
    await context.addCookies([{ name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' }])
  }
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} ${message.location().url}`)
  })
  return { context, page, faults }
}
