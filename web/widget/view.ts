import { make } from './make.ts'
import type { PendingMessage, SiteMessage } from './protocol.ts'
import { style } from './style.ts'
import { textWithLinks } from './text-with-links.ts'
import type { Words } from './words.ts'

export interface Shown {
  title: string
  welcome: string
  messages: readonly SiteMessage[]
  pending: readonly PendingMessage[]
  hasMore: boolean
  unread: number
  isOpen: boolean
  /** Nothing can be written for the moment. */
  isPaused: boolean
  /** A sentence above the field, where something is not as it should be. */
  notice: string | null
}

export interface View {
  show(shown: Shown): void
  focus(): void
  remove(): void
}

const paths = {
  chat: 'M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5Z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M5 12h13M13 6l6 6-6 6',
  clip: 'M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.4-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7',
}

/** Draws the widget in a tree of its own on the page, and tells what its visitor does. */
export function openView(options: {
  words: Words
  language: string
  color: string
  side: 'start' | 'end'
  onOpen: (isOpen: boolean) => void
  onSend: (text: string) => void
  onFiles: (files: readonly File[]) => void
  onEarlier: () => void
}): View {
  const { words } = options
  const host = make('div', { id: 'ficha-chat' })
  const tree = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  tree.adoptedStyleSheets = [sheet]

  const badge = make('span', { className: 'badge', hidden: true, 'aria-hidden': 'true' })
  const launcher = make('button', { className: 'launcher', type: 'button' }, icon(paths.chat), badge)
  launcher.setAttribute('aria-controls', 'panel')
  const heading = make('h2', { id: 'title' })
  const close = make('button', { className: 'icon', type: 'button', 'aria-label': words.close }, icon(paths.close))
  const log = make('div', {
    className: 'log',
    role: 'log',
    tabIndex: 0,
    'aria-label': words.messages,
    'aria-live': 'polite',
  })
  const notice = make('p', { className: 'state', role: 'status', hidden: true })
  const field = make('textarea', { rows: 1, maxLength: 4000, 'aria-label': words.write, placeholder: words.write })
  field.enterKeyHint = 'send'
  const submit = make('button', { className: 'icon', type: 'submit', 'aria-label': words.send }, icon(paths.send))
  const chooser = make('input', { type: 'file', multiple: true, hidden: true, tabIndex: -1, 'aria-hidden': 'true' })
  const attach = make('button', { className: 'icon', type: 'button', 'aria-label': words.attach }, icon(paths.clip))
  const form = make('form', {}, attach, chooser, field, submit)
  const panel = make(
    'section',
    { className: 'panel', id: 'panel', role: 'dialog', hidden: true },
    make('header', {}, heading, close),
    log,
    notice,
    form,
  )
  panel.setAttribute('aria-labelledby', 'title')
  const root = make('div', { className: 'root', lang: options.language }, panel, launcher)
  root.dataset['side'] = options.side
  root.style.setProperty('--accent', options.color)
  root.style.setProperty('--on-accent', isLight(options.color) ? '#000' : '#fff')
  tree.append(root)
  document.body.append(host)

  const write = () => {
    const text = field.value.trim()
    field.focus()
    if (text === '') return
    field.value = ''
    options.onSend(text)
  }
  launcher.addEventListener('click', () => options.onOpen(panel.hidden !== false))
  close.addEventListener('click', () => options.onOpen(false))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    write()
  })
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    write()
  })
  attach.addEventListener('click', () => chooser.click())
  chooser.addEventListener('change', () => {
    options.onFiles([...(chooser.files ?? [])])
    chooser.value = ''
    field.focus()
  })
  field.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])]
    if (pasted.length === 0) return
    event.preventDefault()
    options.onFiles(pasted)
  })
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') options.onOpen(false)
  })

  const drawn = new Map<string, { element: HTMLElement; of: string }>()
  /** Each message once: one that is there already stays as it is, so that nothing is read out twice. */
  function draw(key: string, of: unknown, element: () => HTMLElement): HTMLElement {
    const words = JSON.stringify(of)
    const known = drawn.get(key)
    if (known?.of === words) return known.element
    const next = element()
    drawn.set(key, { element: next, of: words })
    return next
  }

  function place(elements: readonly HTMLElement[]): void {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
    elements.forEach((element, at) => {
      if (log.children[at] !== element) log.insertBefore(element, log.children[at] ?? null)
    })
    while (log.children.length > elements.length) log.lastElementChild?.remove()
    if (isAtEnd) log.scrollTop = log.scrollHeight
  }

  return {
    show({ title, welcome, messages, pending, hasMore, unread, isOpen, isPaused, notice: sentence }) {
      heading.textContent = title
      const last = messages.at(-1)
      place([
        ...(hasMore ? [draw('earlier', '', () => drawEarlier(words, options.onEarlier))] : []),
        ...(welcome === '' || hasMore
          ? []
          : [draw('welcome', welcome, () => make('p', { className: 'welcome', textContent: welcome }))]),
        ...messages.map((message) =>
          // the widget's own id where there is one: what was pending becomes what is known, in its place
          draw(message.clientId ?? String(message.id), [message, message === last], () =>
            drawMessage(words, message, message === last && pending.length === 0 ? options.onSend : null),
          ),
        ),
        ...pending.map((message) => draw(message.id, message, () => drawPending(words, message))),
      ])
      badge.hidden = unread === 0
      badge.textContent = unread > 9 ? '9+' : String(unread)
      launcher.setAttribute('aria-label', isOpen ? words.close : unread > 0 ? words.openUnread(unread) : words.open)
      launcher.setAttribute('aria-expanded', String(isOpen))
      for (const control of [field, attach, submit]) control.disabled = isPaused
      notice.hidden = sentence === null
      notice.textContent = sentence ?? ''
      if (panel.hidden === !isOpen) return
      panel.hidden = !isOpen
      root.toggleAttribute('data-open', isOpen)
      if (isOpen) log.scrollTop = log.scrollHeight
    },
    focus() {
      if (panel.hidden) launcher.focus()
      else field.focus()
    },
    remove: () => host.remove(),
  }
}

function drawEarlier(words: Words, onEarlier: () => void): HTMLElement {
  const button = make('button', { className: 'earlier', type: 'button', textContent: words.earlier })
  button.addEventListener('click', onEarlier)
  return button
}

function drawMessage(words: Words, message: SiteMessage, onChoose: ((text: string) => void) | null): HTMLElement {
  const isMine = message.from === 'visitor'
  const who = isMine ? words.you : (message.name ?? '')
  const time = new Date(message.at)
  const element = make(
    'div',
    { className: isMine ? 'message mine' : 'message' },
    ...(who === '' ? [] : [make('span', { className: 'visually-hidden', textContent: `${who}: ` })]),
    ...(message.text === '' ? [] : [make('div', { className: 'words', dir: 'auto' }, ...textWithLinks(message.text))]),
    ...(message.isEmpty ? [make('div', { className: 'words', textContent: words.empty })] : []),
    ...message.files.map(drawFile),
  )
  const clock = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  const stamp = make('time', { dateTime: message.at, title: time.toLocaleString(), textContent: clock })
  element.append(make('span', { className: 'meta' }, isMine || who === '' ? '' : `${who} · `, stamp))
  if (onChoose !== null && message.choices.length > 0) element.append(drawChoices(message.choices, onChoose))
  return element
}

function drawChoices(choices: readonly string[], onChoose: (text: string) => void): HTMLElement {
  const buttons = choices.map((choice) => {
    const button = make('button', { type: 'button', textContent: choice })
    button.addEventListener('click', () => onChoose(choice))
    return button
  })
  return make('div', { className: 'choices' }, ...buttons)
}

function drawFile({ name, kind, url }: SiteMessage['files'][number]): HTMLElement {
  const link = make('a', { className: 'file', href: url, target: '_blank', rel: 'noopener noreferrer' })
  if (kind === 'image') link.append(make('img', { src: url, alt: name, loading: 'lazy' }))
  else link.append(make('div', { className: 'words', textContent: name }))
  return link
}

function drawPending(words: Words, { text, isStored, isRefused, problem }: PendingMessage): HTMLElement {
  const failed = problem === 'size' ? words.tooLarge : problem === 'kind' ? words.wrongKind : words.failed
  return make(
    'div',
    { className: 'message mine' },
    make('span', { className: 'visually-hidden', textContent: `${words.you}: ` }),
    make('div', { className: 'words', dir: 'auto' }, ...textWithLinks(text)),
    make('span', {
      className: isRefused ? 'meta refused' : 'meta',
      textContent: isRefused ? failed : isStored ? '' : words.sending,
    }),
  )
}

function icon(path: string): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS(space, 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

/** Is black easier to read on this colour than white? Source: WCAG 2.2, relative luminance */
function isLight(color: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05)
}
