import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { LucideIcon } from '../ui/icon.tsx'

/** Something a person can do by key, from the palette, or both. One list feeds the keys, ⌘K and the sheet behind `?`. */
export interface Command {
  id: string
  title: string
  /** The heading it stands under in the palette and the sheet. */
  group: string
  /** As `press-of.ts` writes them: `mod+k`, `e`, `g i`. */
  keys?: string
  icon?: LucideIcon
  run: () => void
  /** Left out of the palette: what only makes sense as a key (next row). */
  onlyKey?: boolean
  /** Works while typing too; only for keys with `mod`. */
  whileTyping?: boolean
}

const lists = new Map<symbol, readonly Command[]>()
const listeners = new Set<() => void>()
let all: readonly Command[] = []

function changed(): void {
  all = [...lists.values()].flat()
  for (const listener of listeners) listener()
}

/** Every command that can be given now; those of the innermost screen last. */
export const currentCommands = (): readonly Command[] => all

function watchCommands(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The commands of now, inside React. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(watchCommands, currentCommands)
}

/**
 * Offers commands for as long as the component is shown. Where two share a key, the one offered last wins. `run` always
 * sees the newest state; titles may change with the language.
 */
export function useCommands(commands: readonly Command[]): void {
  const run = useEffectEvent((id: string) => commands.find((one) => one.id === id)?.run())
  const shape = JSON.stringify(commands.map((one) => ({ ...one, icon: one.icon?.displayName, run: undefined })))
  const given = useEffectEvent(() => commands)
  useEffect(() => {
    const key = Symbol(shape)
    lists.set(
      key,
      given().map((one) => ({ ...one, run: () => run(one.id) })),
    )
    changed()
    return () => {
      lists.delete(key)
      changed()
    }
  }, [shape])
}
