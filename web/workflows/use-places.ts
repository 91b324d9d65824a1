import { useLingui } from '@lingui/react/macro'
import { createContext, use } from 'react'
import { useGivenChoices } from './use-choices.ts'

interface Values {
  /** What the workflow's own steps come to know. */
  readonly names: readonly string[]
  /** A program that calls may bring others. */
  readonly isOpen: boolean
}

export const ValuesContext = createContext<Values>({ names: [], isOpen: false })

interface Places {
  readonly title: string
  readonly items: readonly { readonly name: string; readonly words: string }[]
}

/** What a text can be filled with. */
export function usePlaces(): readonly Places[] {
  const { t } = useLingui()
  const { fields } = useGivenChoices()
  const { names: values } = use(ValuesContext)
  const contact = [
    { name: 'contact.name', words: t`Full name` },
    ...fields.map(({ id, name }) => ({ name: `contact.${id}`, words: name })),
    { name: 'contact.id', words: t`Contact ID` },
    { name: 'assignee.name', words: t`Assigned to` },
  ]
  return [
    ...(values.length === 0
      ? []
      : [{ title: t`From this workflow`, items: values.map((name) => ({ name, words: name })) }]),
    { title: t`From the contact`, items: contact },
  ]
}

/** Reads a text with its places as they are called: "Hola ‹First name›". */
export function useReadPlaces(): (text: string) => string {
  const words = new Map(usePlaces().flatMap(({ items }) => items.map((item) => [item.name, item.words])))
  return (text) => text.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (_whole, name: string) => `‹${words.get(name) ?? name}›`)
}
