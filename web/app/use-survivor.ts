import { useEffect, useEffectEvent } from 'react'

/**
 * The number of an absorbed contact is answered with the contact that has absorbed it: `replace` then puts that one into
 * the address, in place of the old.
 */
export function useSurvivor(asked: number, answered: number | undefined, replace: (contactId: number) => void): void {
  const go = useEffectEvent(replace)
  useEffect(() => {
    if (answered !== undefined && answered !== asked) go(answered)
  }, [asked, answered])
}
