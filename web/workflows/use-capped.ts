import { useFormats } from '../i18n/formats.ts'

/** The server counts runs to 1 000 and no further: "999", "1,000+". */
export function useCapped(): (count: number) => string {
  const { number } = useFormats()
  return (count) => (count >= 1000 ? `${number(1000)}+` : number(count))
}
