import { currentCommands, type Command } from './commands.ts'
import { nextPress, pressOf, type Waiting } from './press-of.ts'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const storageKey = 'ficha.shortcuts'

/** Are single keys on? People who dictate or use switches turn them off (WCAG 2.1.4). */
export function singleKeysAreOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

export function turnSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off')
  } catch {
    // Storage may be closed; keys then stay on.
  }
}

/** Runs commands as their keys are pressed, anywhere on the page; returns the way to stop. */
export function listenForKeys(): () => void {
  let waiting: Waiting | null = null

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const press = pressOf(event, isMac)
    if (press === null) return
    const usable = currentCommands().filter((command) => command.keys && isUsable(command, event.target))
    const byKeys = new Map(usable.map((command) => [command.keys ?? '', command]))
    const step = nextPress(waiting, press, event.timeStamp, new Set(byKeys.keys()))
    waiting = step.waiting
    const command = step.run === null ? undefined : byKeys.get(step.run)
    if (!command) return
    event.preventDefault()
    command.run()
  }

  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}

function isUsable(command: Command, target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null
  const isTyping = Boolean(
    element?.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable="true"]'),
  )
  if (command.keys?.includes('mod+')) return !isTyping || command.whileTyping === true
  // In menus and lists letters find items; in dialogs the page behind is not to be touched.
  const isElsewhere = Boolean(element?.closest('[role=menu], [role=listbox], [role=dialog], [role=alertdialog]'))
  return !isTyping && !isElsewhere && singleKeysAreOn()
}
