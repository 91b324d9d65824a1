import type { Command } from './commands.ts'

/** Commands that match what is typed, by their groups, the newest group first; every word must begin a word of the title, accents aside. */
export function findCommands(
  commands: readonly Command[],
  query: string,
  tag: string,
): { title: string; commands: Command[] }[] {
  const words = fold(query, tag).split(/\s+/).filter(Boolean)
  const groups = new Map<string, Command[]>()
  for (const command of commands) {
    if (command.onlyKey) continue
    const title = ` ${fold(`${command.title} ${command.group}`, tag)}`
    if (!words.every((word) => title.includes(` ${word}`))) continue
    groups.set(command.group, [...(groups.get(command.group) ?? []), command])
  }
  return [...groups].map(([title, found]) => ({ title, commands: found })).reverse()
}

const fold = (text: string, tag: string) =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase(tag).trim()
