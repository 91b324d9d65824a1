import css from './kbd.module.css'

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const signs: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  delete: 'Supr/Del',
  arrowup: '↑',
  arrowdown: '↓',
  space: '␣',
}

/** Writes keys as a person reads them: `mod+k` is ⌘K on a Mac and Ctrl K elsewhere, `g i` is two keys in turn. */
export function Kbd(props: { keys: string }) {
  return (
    <span className={css.keys} aria-hidden="true">
      {props.keys.split(' ').map((press, position) => (
        <kbd key={`${press}${position}`} className={css.key}>
          {press
            .split('+')
            .map((key) => signs[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key))
            .join(' ')}
        </kbd>
      ))}
    </span>
  )
}
