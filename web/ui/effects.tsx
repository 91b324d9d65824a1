import type { ReactNode } from 'react'
import css from './effects.module.css'

/** What an act leads to, told before it: `<li>`, each an icon and a sentence. */
export const Effects = ({ children }: { children: ReactNode }) => <ul className={css.effects}>{children}</ul>
