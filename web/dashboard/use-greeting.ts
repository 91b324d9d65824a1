import { useLingui } from '@lingui/react/macro'
import { useNow } from '../app/use-now.ts'

/** Greets by the hour of the browser and by the first of a person's names. */
export function useGreeting(fullName: string): string {
  const { t } = useLingui()
  const [name = fullName] = fullName.trim().split(/\s+/)
  const hour = new Date(useNow()).getHours()
  if (hour >= 5 && hour < 12) return t`Good morning, ${name}`
  if (hour >= 12 && hour < 20) return t`Good afternoon, ${name}`
  return t`Good evening, ${name}`
}
