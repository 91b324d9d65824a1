import { useEffect, useEffectEvent, useState } from 'react'

const pauseMs = 200

/**
 * What is typed shows at once; whoever narrows by it is told a moment later, without the blanks around it. Where `told` becomes
 * another by itself (somebody went back, or cleared it elsewhere), that stands there.
 */
export function useTyped(
  told: string,
  onTold: (text: string) => void,
): readonly [typed: string, set: (text: string) => void] {
  const [typed, setTyped] = useState(told)
  const [seen, setSeen] = useState(told)
  if (seen !== told) {
    setSeen(told)
    if (typed.trim() !== told) setTyped(told)
  }
  const tell = useEffectEvent(onTold)
  useEffect(() => {
    if (typed.trim() === told) return undefined
    const timer = setTimeout(() => tell(typed.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, told])
  return [typed, setTyped]
}
