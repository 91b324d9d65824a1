import css from './flag.module.css'
import { later, useLater } from './later.ts'

const urls = later(async () => (await import('./flag-urls.ts')).flagUrls)

/** A country's flag by its ISO code (`ES`). Decorative: the country's name stands beside it, or give `label`. */
export function Flag(props: { country: string; label?: string }) {
  const url = useLater(urls)?.get(props.country.toUpperCase())
  if (!url) return <span className={css.flag} aria-hidden="true" />
  return <img className={css.flag} src={url} alt={props.label ?? ''} width={18} height={12} loading="lazy" />
}
