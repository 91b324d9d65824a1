import { readFileSync } from 'node:fs'
import { linguiTransformerBabelPreset, lingui } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = process.env['FICHA_DEV_SERVER'] ?? 'http://127.0.0.1:3000'
const root = import.meta.dirname

// The native macros are an optional package that Node 20's npm leaves out, so Babel stays and its advertisement goes.
process.env['LINGUI_SUPPRESS_BABEL_WARNING'] = '1'

const ours = /node_modules|[\\/]web[\\/](ui|api|app|i18n)[\\/]/
const notForTheFirstView =
  /[\\/]web[\\/]ui[\\/](menu-parts|popover|select|text-field|dialog|alert-dialog|field|flag|combo-box|country-field|radio-group|text-area|checkbox|copy-button|match-mark|formatted-phone)\.|[\\/]react-(aria|stately|aria-components)[\\/]dist[\\/]private[\\/](menu[\\/]use(?!MenuTrigger)|dialog|tree|overlays[\\/](use(Popover|Modal|ModalOverlay|PreventScroll|Overlay)\.|ariaHideOutside|DismissButton)|searchfield|list|selection|collections|dnd|select|autocomplete|combobox|form|textfield|checkbox|radio|Select|Autocomplete|ComboBox|Checkbox|RadioGroup|Menu|ListBox|Collection|DragAndDrop|Form|TextField|TextArea|Label|FieldError|Dialog|Modal|Popover|Header|Heading|Separator|SearchField)/

export default defineConfig({
  root: `${root}/web`,
  cacheDir: `${root}/node_modules/.vite`,
  resolve: { alias: [{ find: /^#contract\//, replacement: `${root}/contract/` }] },
  plugins: [
    // Sentences are named first, before the compiler renames what stands in them.
    babel({ presets: [linguiTransformerBabelPreset({}, { cwd: root })] }),
    react({ compiler: true }),
    lingui({ cwd: root }),
    onlyOurLanguages(),
    themeBeforePaint(),
    layersInOrder(),
  ],
  build: {
    outDir: `${root}/dist/web`,
    emptyOutDir: true,
    // The oldest browsers that know light-dark(); nothing is lowered below them.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // A strict content security policy has no data: for scripts, fonts and styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What many screens need comes in one file: many small ones compress badly and cost a request each. What the screens of a
    // few slices share is none of the first view's, and neither is what only menus, forms, dialogs and records need.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              minShareCount: 5,
              priority: 1,
              test: (id) => ours.test(id) && !notForTheFirstView.test(id),
            },
            { name: 'forms', minShareCount: 4, test: notForTheFirstView },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      // web/api is a folder of ours: its modules are not the server's endpoints
      ['/rpc', '^/api/(?!.+\\.ts)', '/auth', '/files', '/exports', '/imports', '/webhooks', '/webchat'].map((path) => [
        path,
        { target: server, xfwd: true },
      ]),
    ),
  },
})

/** Keeps the screen-reader sentences of React Aria in the languages we ship; the other thirty weigh more than our own code. */
function onlyOurLanguages(): Plugin {
  const sentences =
    /[\\/](react-aria|react-stately|react-aria-components)[\\/]dist[\\/].*[\\/]intl[\\/].*?([a-z]{2}-[A-Z]{2})\.mjs$/
  return {
    name: 'only-our-languages',
    enforce: 'pre',
    apply: 'build',
    load: {
      filter: { id: sentences },
      handler: (id) => (/(en-US|es-ES)\.mjs$/.test(id) ? null : 'export default {}'),
    },
  }
}

/** Serves `theme-first.js` as a small blocking script of its own: the chosen theme stands before the first paint, without inline code. */
function themeBeforePaint(): Plugin {
  const source = () => readFileSync(`${root}/web/app/theme-first.js`, 'utf8')
  let isBuild = false
  return {
    name: 'theme-before-paint',
    configResolved(config) {
      isBuild = config.command === 'build'
    },
    buildStart() {
      if (isBuild) this.emitFile({ type: 'asset', name: 'theme-first.js', source: source() })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const built = Object.values(context.bundle ?? {}).find((file) => file.fileName.includes('theme-first'))
        const src = built ? `/${built.fileName}` : '/app/theme-first.js'
        return [{ tag: 'script', attrs: { src, id: 'theme-first' }, injectTo: 'head-prepend' }]
      },
    },
  }
}

/** Every stylesheet begins with the order of the layers, since any of them may be the first to load. */
function layersInOrder(): Plugin {
  const order = /^@layer [^{;]+;/m.exec(readFileSync(`${root}/web/ui/base.css`, 'utf8'))?.[0]
  if (!order) throw new Error('web/ui/base.css does not state the order of the layers')
  return {
    name: 'layers-in-order',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = `${order}${String(file.source)}`
      }
    },
  }
}
